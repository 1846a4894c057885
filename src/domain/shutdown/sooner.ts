import { dayNumber } from '../calendar.ts'
import type { Judgement } from './judge.ts'
import type { Moment } from './moments.ts'
import type { SingleCauses } from './single-cause.ts'

/** Which services could go earlier if a blocker ended today, and when; `blockers` are those of which that is anybody. */
export type Sooner = { blockers: number[]; without: (blocker: number) => ReadonlyMap<number, Moment> }

/**
 * The same dates as judging anew without the blocker, found by looking only at services whose date hangs on it alone.
 * Everybody else keeps theirs.
 */
export function soonerThan(judgement: Judgement, causes: SingleCauses): Sooner {
  const { graph, holds, earliest } = judgement
  const today = dayNumber(judgement.today)
  const hanging = servicesByCause(causes)
  return {
    blockers: [...hanging.keys()],
    without: blocker => {
      const services = hanging.get(blocker)
      return services ? datesWithoutOthers(new Set(services), blocker) : NOBODY
    },
  }

  function ownEndWithout(service: number, blocker: number): Moment {
    let last = today
    for (let at = holds.start[service]!; at < holds.start[service + 1]!; at++) {
      if (holds.blocker[at] !== blocker) last = Math.max(last, holds.end[at]!)
    }
    return last
  }

  /** What is left of their dates: from themselves, from consumers that keep theirs, and from one another. */
  function datesWithoutOthers(hanging: ReadonlySet<number>, blocker: number) {
    const then = new Map<number, Moment>()
    const { start, target, until } = graph.consumers
    for (const service of hanging) {
      let date = ownEndWithout(service, blocker)
      for (let at = start[service]!; at < start[service + 1]!; at++) {
        if (!hanging.has(target[at]!)) date = Math.max(date, Math.min(until[at]!, earliest[target[at]!]!))
      }
      then.set(service, date)
    }
    passOn(then)
    return then
  }

  /** Latest first, so that a date is final when it is passed on; one that a use cuts short waits for its day. */
  function passOn(then: Map<number, Moment>): void {
    const { start, target, until } = graph.providers
    const waiting = Map.groupBy(then.keys(), service => then.get(service)!)
    for (const service of then.keys())
      for (const end of until.subarray(start[service], start[service + 1]))
        if (end > today && !waiting.has(end)) waiting.set(end, [])
    const isFinal = new Set<number>()
    for (const date of [...waiting.keys()].sort((a, b) => b - a)) {
      const reached = waiting.get(date)!
      for (const service of reached) {
        if (isFinal.has(service)) continue
        isFinal.add(service)
        then.set(service, date)
        for (let at = start[service]!; at < start[service + 1]!; at++) {
          if (then.has(target[at]!)) waiting.get(Math.min(until[at]!, date))?.push(target[at]!)
        }
      }
    }
  }
}

const NOBODY: ReadonlyMap<number, Moment> = new Map()

function servicesByCause(causes: SingleCauses): ReadonlyMap<number, number[]> {
  const hanging = new Map<number, number[]>()
  causes.forEach((blocker, service) => {
    if (blocker < 0) return
    const services = hanging.get(blocker)
    if (services) services.push(service)
    else hanging.set(blocker, [service])
  })
  return hanging
}
