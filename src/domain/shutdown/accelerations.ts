import { dayNumber } from '../calendar.ts'
import type { ServiceState } from '../landscape.ts'
import { reachedFrom } from './graph.ts'
import type { Judgement } from './judge.ts'
import { type Moment, UNKNOWN } from './moments.ts'
import { type SingleCauses, singleCausesAgain, singleCausesOf } from './single-cause.ts'
import { type Sooner, soonerThan } from './sooner.ts'

const DAYS_A_MONTH = 365.25 / 12

/** What ending each blocker today is worth, in the landscape's unit of money, by number. */
export type Accelerations = {
  judgement: Judgement
  causes: SingleCauses
  worth: Float64Array
  /** The day that stands for a date nobody knows. */
  horizon: Moment
  without: Sooner['without']
}

/**
 * `before` is what was worked out for a judgement of which only days have moved since: then only blockers are looked at
 * again that give, or gave, a date to somebody whom those days reach. The same answer as without it.
 */
export function accelerationsOf(judgement: Judgement, before: Accelerations | null): Accelerations {
  if (before && isSameDays(before.judgement, judgement)) return before
  const dated = { ...judgement, today: dayNumber(judgement.today) }
  const horizon = horizonIn(judgement)
  const reached = before && reachedBetween(before.judgement, judgement)
  const causes = reached ? singleCausesAgain(dated, before.causes, reached) : singleCausesOf(dated)
  const { blockers, without } = soonerThan(judgement, causes)
  const isSame = reached && before.horizon === horizon
  const worth = isSame ? Float64Array.from(before.worth) : new Float64Array(judgement.holds.blockers.length)
  for (const blocker of isSame ? causesIn([before.causes, causes], reached) : blockers)
    worth[blocker] = accelerationOf(judgement, without(blocker), horizon)
  return { judgement, causes, worth, horizon, without }
}

function isSameDays(before: Judgement, { holds, earliest }: Judgement): boolean {
  return before.holds === holds && before.earliest === earliest
}

/** The services whose days have moved and all that they need; null where more than days, or most of them, differ. */
function reachedBetween(before: Judgement, { graph, holds, earliest }: Judgement): Int32Array | null {
  const { start, blocker, end } = holds
  if (before.graph !== graph || before.holds.start !== start || before.holds.blocker !== blocker) return null
  const moved: number[] = []
  for (let service = 0; service < earliest.length; service++) {
    let isMoved = before.earliest[service] !== earliest[service]
    for (let at = start[service]!; at < start[service + 1]!; at++)
      isMoved ||= before.holds.end[at] !== end[at]
    if (isMoved) moved.push(service)
  }
  const reached = reachedFrom(graph, moved)
  return reached.length > earliest.length / 2 ? null : reached
}

function causesIn(both: readonly SingleCauses[], services: Int32Array): Set<number> {
  const causes = new Set<number>()
  for (const service of services) for (const { [service]: cause } of both) if (cause! >= 0) causes.add(cause!)
  return causes
}

/** What it is worth that some services can go on other days, in the unit of money that `costOf` tells a month in. */
export function accelerationOf(
  { graph, earliest }: Judgement,
  then: ReadonlyMap<number, Moment>,
  horizon: Moment,
  costOf = ({ cost }: ServiceState) => cost,
): number {
  let acceleration = 0
  for (const [service, date] of then) {
    const days = onPlan(earliest[service]!, horizon) - onPlan(date, horizon)
    acceleration += (costOf(graph.services[service]!) * days) / DAYS_A_MONTH
  }
  return acceleration
}

/** Those of some services with other days that could go earlier, an unknown day being the horizon. */
export function earlierOn(
  { earliest }: Judgement,
  then: ReadonlyMap<number, Moment>,
  horizon: Moment,
): ReadonlyMap<number, Moment> {
  return new Map([...then].filter(([service, date]) => date < onPlan(earliest[service]!, horizon)))
}

function onPlan(moment: Moment, horizon: Moment): Moment {
  return Math.min(moment, horizon)
}

/** No known day comes after it, nor one that the end of a blocker can bring about, so none is worse than an unknown day. */
function horizonIn({ today, graph, holds, earliest }: Judgement): Moment {
  let latest = dayNumber(today) + 365
  for (const moments of [earliest, holds.end])
    for (const moment of moments) if (moment < UNKNOWN && moment > latest) latest = moment
  // A use passes its own end on where its consumer would hold on for longer.
  const { start, until } = graph.providers
  for (let service = 0; service < earliest.length; service++) {
    if (earliest[service]! < UNKNOWN) continue
    for (const end of until.subarray(start[service], start[service + 1]))
      if (end < UNKNOWN && end > latest) latest = end
  }
  return latest
}
