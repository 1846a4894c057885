import { daysBetween } from '../calendar.ts'
import type { PlannedDecider } from './deciders.ts'
import { type LostUse, lostUsesBetween } from './lost-uses.ts'
import { isDay, type Moment, UNKNOWN, type When, whenOf } from './moments.ts'
import { PLAN_STEPS, type PlanStep } from './plan-steps.ts'
import { type Planning, plannedDecidersOf } from './planned-deciders.ts'

/**
 * What one step did to the planned day, or several together where the day was not known between them. `decider`
 * sets the later of the two dates: for a move later what came in the way, for one earlier what went out of it.
 */
export type PlanPart = {
  steps: PlanStep[]
  from: When
  to: When
  days: number | null
  direction: 'later' | 'earlier'
  decider: PlannedDecider | null
  /** By which the service is rid of the decider, where that itself still stands. */
  lost: LostUse | null
  /** Who went off and took the decider along. */
  gone: string | null
}

/**
 * The parts of services from the judgement after each step. A last day given instead of a last judgement is that of
 * going off.
 */
export function partsFrom(all: readonly Planning[]): (service: string, off?: Moment) => PlanPart[] {
  const deciders = all.map(plannedDecidersOf)
  const lostBetween = lostUses(all)
  return (service, off) => {
    const moments = all.map(planning => plannedOf(planning, service))
    if (off !== undefined) moments.push(off)
    const done = PLAN_STEPS.filter(step => step !== (off === undefined ? 'off' : 'time'))
    return movesIn(moments).map(([first, end]) => {
      const [from, to] = [moments[first]!, moments[end]!]
      const steps = done.filter((_, n) => n >= first && n < end && moments[n] !== moments[n + 1])
      const direction = to > from ? 'later' : 'earlier'
      const decider = deciderAt(to > from ? end : first, service)
      const isFreed = to < from && end < all.length
      const lost = isFreed ? lostBetween(first, end)(service, decider) : null
      const gone = isFreed ? goneBy(all[end]!, decider) : null
      const [before, after] = [whenOf(from), whenOf(to)]
      return { steps, from: before, to: after, days: daysFrom(before, after), direction, decider, lost, gone }
    })
  }

  function deciderAt(stage: number, service: string): PlannedDecider | null {
    return stage === all.length ? null : deciders[stage]!(all[stage]!.graph.numbers.get(service)!)
  }
}

/** Whoever held by what decided, where it runs no more. */
function goneBy({ graph }: Planning, decider: PlannedDecider | null): string | null {
  if (!decider) return null
  const holder = decider.kind === 'blocker' ? decider.service : decider.consumer
  const number = graph.numbers.get(holder)
  return number === undefined || graph.isOn[number] ? null : holder
}

function lostUses(all: readonly Planning[]) {
  const known = new Map<string, ReturnType<typeof lostUsesBetween>>()
  return (first: number, end: number) => {
    const between = known.get(`${first}-${end}`) ?? lostUsesBetween(all[first]!, all[end]!)
    known.set(`${first}-${end}`, between)
    return between
  }
}

/** From which stage to which the date moved; a day that was lost and found again is one move. */
function movesIn(moments: readonly Moment[]): [first: number, end: number][] {
  const moves: [number, number][] = []
  let at = 0
  while (at < moments.length - 1) {
    let end = at + 1
    if (moments[at]! < UNKNOWN && moments[end]! >= UNKNOWN) {
      const found = moments.findIndex((moment, stage) => stage > end && moment < UNKNOWN)
      if (found > 0) end = found
    }
    if (moments[end] !== moments[at]) moves.push([at, end])
    at = end
  }
  return moves
}

export function plannedOf({ graph, groups, planned }: Planning, service: string): Moment {
  return planned[groups.of[graph.numbers.get(service)!]!]!
}

export function daysFrom(from: When, to: When): number | null {
  return isDay(from) && isDay(to) ? daysBetween(from, to) : null
}
