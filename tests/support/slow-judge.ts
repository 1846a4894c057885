import { addDays, type Day } from '../../src/domain/calendar.ts'
import type { Landscape } from '../../src/domain/landscape.ts'
import type { Change } from '../../src/domain/shutdown/what-if.ts'
import { changed, choices, resolvedIds } from './slow-change.ts'
import { earlier, latest, liveArcs, NEVER, shown, slowReasons, slowWarnings } from './slow-evidence.ts'

/**
 * The rules once more, as slowly and plainly as they read: every question asks the edges again, every chain is
 * walked, every choice is tried. For landscapes of a handful of services only.
 */
export function slowAnswer(
  landscape: Landscape,
  today: Day,
  whatIf: (Change & { id: string })[],
  bestK: number,
) {
  const slow = slowJudge(landscape, today)
  const { on, verdict, wave, reasons, own, blockers } = slow
  const waves = [...new Set(on.map(wave))].filter(number => number !== null).sort((a, b) => a - b)
  const worth = (services: string[]) => ({ services, cost: slow.costOf(services) })
  const all = [...new Set(on.flatMap(own))].filter(id => id !== 'permanent')
  const inside = (chosen: readonly string[]) =>
    on.filter(s => reasons(s).length > 0 && reasons(s).every(id => id !== 'permanent' && chosen.includes(id)))
  const bySystem = landscape.systems
    .map(({ id, gates }) => [id, [`residual:${id}`, ...gates.map(gate => `gate:${id}/${gate.id}`)]] as const)
    .filter(([, ids]) => ids.some(id => all.includes(id)))
  return {
    asOf: today,
    services: entries(
      landscape.services,
      ({ id }) => id,
      ({ id }) => slow.service(id),
    ),
    counts: entries(
      [...new Set(landscape.services.map(s => verdict(s.id)))],
      v => v,
      v => landscape.services.filter(s => verdict(s.id) === v).length,
    ),
    groups: [...new Set(on.map(s => JSON.stringify(slow.group(s))))]
      .map(text => JSON.parse(text))
      .filter(g => g.length > 1),
    waves: waves.map(number => on.filter(s => wave(s) === number)),
    frontier: slow.pairs
      .filter(([c, p]) => verdict(c) === 'KEEP' && verdict(p) !== 'KEEP')
      .map(([c, p]) => [c, p]),
    warnings: slowWarnings(landscape, today),
    blockers: entries(
      all,
      id => id,
      id => ({ date: blockers(id), services: on.filter(s => own(s).includes(id)) }),
    ),
    unlock: entries(
      all,
      id => id,
      id => worth(inside([id])),
    ),
    unlockSystem: entries(
      bySystem,
      ([id]) => id,
      ([, ids]) => worth(inside(ids)),
    ),
    ...(bestK > 0 && {
      best: entries(
        Array.from({ length: bestK }, (_, k) => k + 1),
        String,
        k => {
          const tried = choices(all, k)
            .map(inside)
            .map(freed => ({ cost: slow.costOf(freed), services: freed.length }))
          return tried.sort((a, b) => b.cost - a.cost || b.services - a.services)[0]
        },
      ),
    }),
    whatIf: entries(
      whatIf,
      ({ id }) => id,
      change => {
        const after = slowJudge(changed(landscape, today, change), today, resolvedIds(landscape, change))
        const free = (s: string, judged: typeof slow) => ['READY', 'FREE'].includes(judged.verdict(s))
        const gained = on.filter(s => !free(s, slow) && free(s, after))
        const lost = on.filter(s => free(s, slow) && !free(s, after) && after.verdict(s) !== 'OFF')
        return { ...worth(gained), lost }
      },
    ),
  }
}

export function slowJudge(landscape: Landscape, today: Day, resolved: string[] = []) {
  const find = (id: string) => landscape.services.find(s => s.id === id)
  const on = landscape.services.filter(s => s.state === 'on').map(s => s.id)
  const ahead = (date: string | null) => (date === null || date <= today ? 'unknown' : date)
  const arcs = liveArcs(landscape, today)
  const pairs = on.flatMap(c =>
    on.filter(p => arcs.some(a => a.from === c && a.to === p)).map(p => [c, p] as const),
  )
  const untilOf = (c: string, p: string) => {
    const ends = arcs.filter(a => a.from === c && a.to === p).map(a => a.edge.until ?? NEVER)
    return latest(ends) <= today ? NEVER : latest(ends)
  }
  const consumers = (s: string) => pairs.filter(([, p]) => p === s).map(([c]) => c)

  const reasonsWithEnds = (s: string): [id: string, end: string][] => {
    const found = slowReasons(landscape, today, find(s)!, arcs)
    const open = found.filter(([id]) => id === 'permanent' || !resolved.includes(id))
    const ids = [...new Set(open.map(([id]) => id))]
    return ids.map(id => {
      const end = latest(open.filter(([other]) => other === id).map(([, end]) => end ?? 'unknown'))
      return [id, end === NEVER ? NEVER : ahead(end)]
    })
  }
  const own = (s: string) => reasonsWithEnds(s).map(([id]) => id)
  const ownEnd = (s: string) => latest([today, ...reasonsWithEnds(s).map(([, end]) => end)])

  const reachers = (s: string) => {
    const found = new Set([s])
    for (const _ of on) for (const x of [...found]) for (const c of consumers(x)) found.add(c)
    return [...found]
  }
  const reasons = (s: string) => [...new Set(reachers(s).flatMap(own))]
  const group = (s: string) => on.filter(x => reachers(s).includes(x) && reachers(x).includes(s)).sort()

  const wave = (s: string): number | null => {
    if (reasons(s).length > 0) return null
    const before = group(s)
      .flatMap(consumers)
      .filter(c => !group(s).includes(c))
    return 1 + Math.max(0, ...before.map(c => wave(c)!))
  }
  const verdict = (s: string) => {
    if (find(s)!.state === 'off') return 'OFF'
    if (own(s).includes('permanent')) return 'KEEP'
    if (reasons(s).length === 0) return wave(s) === 1 ? 'READY' : 'FREE'
    return reasons(s).includes('permanent') ? 'NEEDS_REPOINT' : 'BLOCKED'
  }
  /** Every simple chain that ends in s, from its last edge backwards; `cap` is the least end so far. */
  const earliest = (s: string, cap = NEVER, walked: string[] = []): string =>
    latest([
      earlier(ownEnd(s), cap),
      ...consumers(s)
        .filter(c => c !== s && !walked.includes(c))
        .map(c => earliest(c, earlier(cap, untilOf(c, s)), [...walked, s])),
    ])
  const soaked = (date: string) => (date.startsWith('2') ? addDays(date, landscape.soakDays) : date)
  const planned = (s: string): string => {
    const outside = pairs.filter(([c, p]) => group(s).includes(p) && !group(s).includes(c))
    const steps = outside.map(([c, p]) => soaked(earlier(planned(c), untilOf(c, p))))
    return latest([...group(s).map(ownEnd), ...steps])
  }
  const distance = (s: string): number | null => {
    let near = new Set([s])
    for (let steps = 0; steps <= on.length; steps++) {
      if ([...near].some(x => own(x).length > 0)) return steps
      near = new Set([...near].flatMap(consumers))
    }
    return null
  }
  return {
    on,
    pairs,
    own,
    reasons,
    group,
    wave,
    verdict,
    costOf: (ids: string[]) => ids.reduce((sum, id) => sum + find(id)!.cost, 0),
    blockers: (id: string) =>
      shown(
        latest(
          on.flatMap(s =>
            reasonsWithEnds(s)
              .filter(([other]) => other === id)
              .map(([, end]) => end),
          ),
        ),
      ),
    service: (s: string) =>
      verdict(s) === 'OFF'
        ? { verdict: 'OFF' }
        : {
            verdict: verdict(s),
            wave: wave(s),
            group: group(s),
            blockers: reasons(s).sort(),
            earliest: shown(earliest(s)),
            planned: shown(planned(s)),
            distance: distance(s),
          },
  }
}

function entries<T, V>(
  things: T[],
  key: (thing: T) => string | number,
  value: (thing: T) => V,
): Record<string, V> {
  return Object.fromEntries(things.map(thing => [key(thing), value(thing)]))
}
