import { type Day, dayNumber } from '../calendar.ts'
import type { Lapse } from '../lapses.ts'
import type { Judgement } from './judge.ts'
import { type Moment, NEVER, UNKNOWN } from './moments.ts'

/** By service, the lapses on which one of its dates rests, the soonest first. */
export type Lapsing = ReadonlyMap<string, readonly Lapse[]>

/**
 * The services with a date that comes on or after a lapse which they rest on, themselves or through whoever needs
 * them, and before what then holds them would end: the analysis is as of today, and leaves out what is waived today.
 */
export function lapsingOf(judgement: Judgement, lapses: readonly Lapse[]): Lapsing {
  const { earliest, groups, planned } = judgement
  return reachedWhere(judgement, lapses, (service, from, end) => {
    const dates = [earliest[service]!, planned[groups.of[service]!]!]
    return dates.some(date => date < UNKNOWN && from <= date && date < end)
  })
}

/** The services of which nobody knows the date: what ends while they wait holds them again then. */
export function undatedLapsingOf(judgement: Judgement, lapses: readonly Lapse[]): Lapsing {
  const { graph, earliest, groups, planned } = judgement
  const isUndated = (service: number) => earliest[service] === UNKNOWN
  const found = reachedWhere(judgement, lapses, (service, from, end) => {
    const date = planned[groups.of[service]!]!
    return isUndated(service) || (from <= date && date < end)
  })
  return new Map([...found].filter(([id]) => isUndated(graph.numbers.get(id)!)))
}

type Rests = (service: number, from: Moment, end: Moment) => boolean

function reachedWhere(judgement: Judgement, lapses: readonly Lapse[], rests: Rests): Lapsing {
  const { graph } = judgement
  const asked = askedIn(judgement, lapses)
  const found = new Map<string, Lapse[]>()
  for (const lapse of [...lapses].sort((a, b) => (a.until < b.until ? -1 : 1)))
    for (const service of reachedBy(lapse)) {
      const id = graph.ids[service]!
      const known = found.get(id)
      if (known) known.push(lapse)
      else found.set(id, [lapse])
    }
  return found

  /** Passed on while a date is later than the lapse; a use ends what it passes on with its own end. */
  function reachedBy(lapse: Lapse): Iterable<number> {
    const from = dayNumber(lapse.until)
    const ends = new Map<number, Moment>()
    const { start, target, until } = graph.providers
    const queue: [service: number, end: Moment][] = asked(lapse)
    for (const [service, end] of queue) {
      if (end <= (ends.get(service) ?? from) || !rests(service, from, end)) continue
      ends.set(service, end)
      for (let at = start[service]!; at < start[service + 1]!; at++)
        queue.push([target[at]!, Math.min(end, until[at]!)])
    }
    return ends.keys()
  }
}

/** Whom a lapse holds itself, and until when: what is not waived in this landscape, or resolved, holds nobody anew. */
function askedIn(
  { graph, landscape, earliest, groups, planned, resolved }: Judgement,
  lapses: readonly Lapse[],
) {
  const waived = lapses.some(({ held }) => held.kind === 'use') ? waivedPairs(landscape) : new Set<string>()
  const serving = lapses.some(({ held }) => held.kind === 'system-gate')
    ? servingIn(graph)
    : new Map<string, number[]>()
  return ({ held, until, end }: Lapse): [number, Moment][] => {
    if (held.kind !== 'use' && resolved.has(held.reason.id)) return []
    const last = endAfter(until, end)
    if (held.kind === 'system-gate')
      return (serving.get(held.system) ?? []).flatMap(service => on(service, last))
    if (held.kind === 'service-gate') return on(graph.numbers.get(held.service), last)
    const provider = graph.numbers.get(held.provider)
    if (held.kind === 'external') return on(provider, last)
    const isKept =
      waived.has(pairOf(held.consumer, held.provider)) || waived.has(pairOf(held.provider, held.consumer))
    return isKept ? on(provider, Math.min(lastOf(held.consumer), last === UNKNOWN ? NEVER : last)) : []
  }

  function on(service: number | undefined, end: Moment): [number, Moment][] {
    return service !== undefined && graph.isOn[service] ? [[service, end]] : []
  }

  /** Until when somebody calls: one that is off does no more, of one that is not known nobody knows. */
  function lastOf(consumer: string): Moment {
    const number = graph.numbers.get(consumer)
    if (number === undefined) return UNKNOWN
    if (!graph.isOn[number]) return 0
    return Math.max(earliest[number]!, planned[groups.of[number]!]!)
  }
}

function waivedPairs({ edges }: Judgement['landscape']): Set<string> {
  return new Set(edges.flatMap(edge => (edge.waived ? [pairOf(edge.from, edge.to)] : [])))
}

function servingIn({ services }: Judgement['graph']): Map<string, number[]> {
  const serving = new Map<string, number[]>()
  services.forEach(({ systems }, service) => {
    for (const system of systems) serving.set(system, [...(serving.get(system) ?? []), service])
  })
  return serving
}

/** An end that has come by the time it holds again is no end. */
function endAfter(until: Day, end: Day | null): Moment {
  return end !== null && end > until ? dayNumber(end) : UNKNOWN
}

function pairOf(consumer: string, provider: string): string {
  return JSON.stringify([consumer, provider])
}
