import { addDays, type Day } from '../../src/domain/calendar.ts'
import type { Edge, Landscape, ServiceState, Use } from '../../src/domain/landscape.ts'
import type { Change } from '../../src/domain/shutdown/what-if.ts'

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

/** Dates compare as text: a day, then `unknown`, then `~never`. */
const NEVER = '~never'
const latest = (dates: string[]) => dates.reduce((a, b) => (a > b ? a : b))
const earlier = (a: string, b: string) => (a < b ? a : b)
const shown = (date: string) => (date === NEVER ? 'never' : date)

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

type Arc = { from: string; to: string; edge: Edge }

function isLive(use: Use, landscape: Landscape, today: Day): boolean {
  return use.strength === 'hard' && !use.waived && (use.declared || isSeen(use, landscape, today))
}

function isSeen(use: Use, landscape: Landscape, today: Day): boolean {
  return use.lastSeen !== null && addDays(use.lastSeen, use.quietDays ?? landscape.quietDays) > today
}

function liveArcs(landscape: Landscape, today: Day): Arc[] {
  return landscape.edges
    .filter(edge => edge.from !== edge.to && isLive(edge, landscape, today))
    .flatMap(edge => {
      const forward = { from: edge.from, to: edge.to, edge }
      const back = { from: edge.to, to: edge.from, edge }
      return { from: [forward], to: [back], both: [forward, back] }[edge.needs]
    })
}

function slowReasons(
  landscape: Landscape,
  today: Day,
  service: ServiceState,
  arcs: Arc[],
): [string, string | null][] {
  const found: [string, string | null][] = []
  if (service.role === 'stay') found.push(['permanent', NEVER])
  if (service.role === null && service.systems.length === 0) found.push([`unknown-role:${service.id}`, null])
  for (const id of service.systems) {
    const system = landscape.systems.find(other => other.id === id)
    if (!system) found.push([`unknown-system:${id}`, null])
    else if (system.role === 'stay') found.push(['permanent', NEVER])
    else {
      if (system.residual === null) found.push([`residual:${id}`, null])
      else if (system.residual !== 0) found.push([`residual:${id}`, system.residualZeroOn])
      for (const gate of system.gates)
        if (gate.state !== 'closed') found.push([`gate:${id}/${gate.id}`, gate.closesOn])
    }
  }
  for (const gate of service.gates) {
    if (gate.state !== 'closed') found.push([`sgate:${service.id}/${gate.id}`, gate.closesOn])
  }
  for (const use of landscape.externals) {
    if (use.to === service.id && use.needs !== 'to' && isLive(use, landscape, today)) {
      found.push([`external:${use.name}`, use.until])
    }
  }
  return [
    ...found,
    ...reasonsOfArcs(
      landscape,
      today,
      arcs.filter(arc => arc.to === service.id),
    ),
  ]
}

function reasonsOfArcs(landscape: Landscape, today: Day, arcs: Arc[]): [string, string | null][] {
  return arcs.flatMap((arc): [string, string | null][] => {
    const consumer = landscape.services.find(service => service.id === arc.from)
    if (!consumer) return [[`unknown-consumer:${arc.from}`, null]]
    if (consumer.state === 'on' || !isSeen(arc.edge, landscape, today)) return []
    const { offSince } = consumer
    const calls = arcs.filter(other => other.from === arc.from && isSeen(other.edge, landscape, today))
    const isGhost = offSince === null || calls.some(call => call.edge.lastSeen! > offSince)
    if (isGhost) return [[`ghost:${arc.from}>${arc.to}`, null]]
    const fades = addDays(arc.edge.lastSeen!, arc.edge.quietDays ?? landscape.quietDays)
    return [[`traffic:${arc.from}>${arc.to}`, fades]]
  })
}

function slowWarnings(landscape: Landscape, today: Day): string[] {
  const state = (id: string) => landscape.services.find(service => service.id === id)?.state
  const edges = landscape.edges.filter(edge => edge.from !== edge.to && edge.strength === 'hard')
  const arcs = liveArcs(landscape, today)
  return [
    ...new Set([
      ...landscape.edges.filter(e => e.from === e.to).map(e => `self:${e.from}`),
      ...edges.filter(e => e.waived).map(e => `waived:${e.from}>${e.to}`),
      ...edges.filter(e => !e.waived && !isLive(e, landscape, today)).map(e => `stale:${e.from}>${e.to}`),
      ...arcs.filter(a => !state(a.to)).map(a => `unknown-provider:${a.from}>${a.to}`),
      ...arcs
        .filter(a => state(a.from) === 'on' && state(a.to) === 'off')
        .map(a => `off-provider:${a.from}>${a.to}`),
      ...landscape.externals
        .filter(use => !state(use.to) && isLive(use, landscape, today))
        .map(use => `unknown-provider:${use.name}>${use.to}`),
    ]),
  ]
}

function changed(landscape: Landscape, today: Day, change: Change): Landscape {
  let { edges } = landscape
  for (const [consumer, provider] of change.dropEdges) {
    const isReported = edges.some(edge => edge.from === consumer && edge.to === provider)
    const [from, to] = isReported ? [consumer, provider] : [provider, consumer]
    edges = edges.filter(e => e.from !== from || e.to !== to || (!isReported && e.needs === 'from'))
  }
  const services = landscape.services.map(service =>
    service.state === 'on' && change.off.includes(service.id)
      ? { ...service, state: 'off' as const, offSince: today }
      : service,
  )
  return { ...landscape, services, edges }
}

function resolvedIds(landscape: Landscape, change: Change): string[] {
  const systems = landscape.systems.filter(system => change.systems.includes(system.id))
  const gates = systems.flatMap(({ id, gates }) => gates.map(gate => `gate:${id}/${gate.id}`))
  return [...change.resolve, ...systems.map(({ id }) => `residual:${id}`), ...gates]
}

function choices<T>(things: T[], most: number): T[][] {
  if (most === 0 || things.length === 0) return [[]]
  const [first, ...rest] = things
  return [...choices(rest, most), ...choices(rest, most - 1).map(chosen => [first!, ...chosen])]
}

function entries<T, V>(
  things: T[],
  key: (thing: T) => string | number,
  value: (thing: T) => V,
): Record<string, V> {
  return Object.fromEntries(things.map(thing => [key(thing), value(thing)]))
}
