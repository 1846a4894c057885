import { dayNumber } from '../calendar.ts'
import type { Holds } from './holds.ts'
import type { Judgement } from './judge.ts'
import { ownEndsOf } from './judge.ts'
import type { Moment } from './moments.ts'

/** Answers, for one blocker after the other, which services could go earlier if it ended today, and when. */
export type Sooner = (blocker: number) => ReadonlyMap<number, Moment>

/**
 * The same dates as judging anew without the blocker, found by looking only at services whose date hangs on it:
 * its holders, and on from there along uses that pass exactly the provider's date. Everybody else keeps theirs.
 */
export function soonerThan(judgement: Judgement): Sooner {
  const { graph, holds, earliest } = judgement
  const today = dayNumber(judgement.today)
  const ownEnds = ownEndsOf(graph, holds, today)
  const holders = holdersOf(holds)
  return blocker => {
    if (blocker === holds.permanent) return new Map()
    const freed = new Map<number, Moment>()
    for (const service of holders[blocker] ?? []) freed.set(service, ownEndWithout(service, blocker))
    const then = datesWithoutOthers(hangingOn(freed), freed)
    for (const [service, date] of then) if (date === earliest[service]) then.delete(service)
    return then
  }

  function ownEndWithout(service: number, blocker: number): Moment {
    let last = today
    for (let at = holds.start[service]!; at < holds.start[service + 1]!; at++) {
      if (holds.blocker[at] !== blocker) last = Math.max(last, holds.end[at]!)
    }
    return last
  }

  /** Services that may lose their date: nothing of their own that stays gives it to them. */
  function hangingOn(freed: ReadonlyMap<number, Moment>): Set<number> {
    const hanging = new Set<number>()
    for (const [service, end] of freed) if (end < earliest[service]!) hanging.add(service)
    const { start, target, until } = graph.providers
    for (const service of hanging) {
      for (let at = start[service]!; at < start[service + 1]!; at++) {
        const provider = target[at]!
        const date = earliest[provider]!
        if (date <= today || Math.min(until[at]!, earliest[service]!) !== date) continue
        if ((freed.get(provider) ?? ownEnds[provider]!) < date) hanging.add(provider)
      }
    }
    return hanging
  }

  /** What is left of their dates: from themselves, from consumers that keep theirs, and from one another. */
  function datesWithoutOthers(hanging: ReadonlySet<number>, freed: ReadonlyMap<number, Moment>) {
    const then = new Map<number, Moment>()
    const { start, target, until } = graph.consumers
    for (const service of hanging) {
      let date = freed.get(service) ?? ownEnds[service]!
      for (let at = start[service]!; at < start[service + 1]!; at++) {
        if (!hanging.has(target[at]!)) date = Math.max(date, Math.min(until[at]!, earliest[target[at]!]!))
      }
      then.set(service, date)
    }
    passOn(then)
    return then
  }

  /** Latest first, so that nearly every date is final when it is passed on. */
  function passOn(then: Map<number, Moment>): void {
    const { start, target, until } = graph.providers
    const queue = [...then.keys()].sort((a, b) => then.get(b)! - then.get(a)!)
    for (const service of queue) {
      for (let at = start[service]!; at < start[service + 1]!; at++) {
        const known = then.get(target[at]!)
        const passed = Math.min(until[at]!, then.get(service)!)
        if (known === undefined || passed <= known) continue
        then.set(target[at]!, passed)
        queue.push(target[at]!)
      }
    }
  }
}

/** The services that hold each blocker themselves. */
function holdersOf(holds: Holds): number[][] {
  const holders: number[][] = holds.blockers.map(() => [])
  for (let service = 0; service < holds.start.length - 1; service++) {
    for (let at = holds.start[service]!; at < holds.start[service + 1]!; at++) {
      holders[holds.blocker[at]!]!.push(service)
    }
  }
  return holders
}
