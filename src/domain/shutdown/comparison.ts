import { dayNumber } from '../calendar.ts'
import { blockersIn, hasBlocker } from './blocker-sets.ts'
import type { Blocker } from './blockers.ts'
import { reachedFrom } from './graph.ts'
import type { Holds } from './holds.ts'
import type { Judgement } from './judge.ts'
import { type Moment, UNKNOWN, type When, whenOf } from './moments.ts'
import type { Change } from './what-if.ts'

type Dates = { earliest: When; planned: When }
export type MovedService = { id: string; before: Dates; after: Dates }

/**
 * Services whose earliest or planned day differs, the one first whose day moved most in money: monthly cost x
 * days, then days alone. An unknown day counts as a year ahead. Both judgements are of the same services.
 */
export function listMoved(before: Judgement, after: Judgement): MovedService[] {
  const moved: { service: number; days: number }[] = []
  before.graph.ids.forEach((_, service) => {
    if (!before.graph.isOn[service] || !after.graph.isOn[service]) return
    const [was, is] = [plannedOf(before, service), plannedOf(after, service)]
    const isMoved = was !== is || before.earliest[service] !== after.earliest[service]
    if (isMoved) moved.push({ service, days: Math.abs(onPlan(before, was) - onPlan(before, is)) })
  })
  const costOf = (service: number) => before.graph.services[service]!.cost
  moved.sort((a, b) => b.days * costOf(b.service) - a.days * costOf(a.service) || b.days - a.days)
  return moved.map(({ service }) => ({
    id: before.graph.ids[service]!,
    before: datesOf(before, service),
    after: datesOf(after, service),
  }))
}

function plannedOf({ groups, planned }: Judgement, service: number): Moment {
  return planned[groups.of[service]!]!
}

function onPlan({ today }: Judgement, moment: Moment): Moment {
  return moment < UNKNOWN ? moment : dayNumber(today) + 365
}

function datesOf(judgement: Judgement, service: number): Dates {
  return {
    earliest: whenOf(judgement.earliest[service]!),
    planned: whenOf(plannedOf(judgement, service)),
  }
}

/** The services that lose a use by a change: providers of a dropped one, and of whoever is switched off. */
export function touchedBy(before: Judgement, { dropEdges, off }: Change): string[] {
  const { start, target } = before.graph.providers
  const providersOf = (id: string) => {
    const consumer = before.graph.numbers.get(id)
    if (consumer === undefined) return []
    return Array.from(target.subarray(start[consumer], start[consumer + 1]), n => before.graph.ids[n]!)
  }
  return [...dropEdges.map(([, provider]) => provider), ...off.flatMap(providersOf)]
}

/** A reason that is left, and how many services it still holds that were helped and did not become free. */
type LeftBlocker = Blocker & { services: number }

export type StillHeld = {
  /** Services that lost a reason or a use, or go earlier, and that something else holds. */
  services: string[]
  /** What holds them: first who stays, because that never ends, then that of the most services. */
  blockers: LeftBlocker[]
}

/**
 * Why a change did not free more: the services that it helped, `touched` by id or by a reason that is gone, and
 * what is left in their way. Both judgements are of the same services.
 */
export function listStillHeld(before: Judgement, after: Judgement, touched: Iterable<string>): StillHeld {
  const named = new Set<number>()
  for (const id of touched) if (before.graph.numbers.has(id)) named.add(before.graph.numbers.get(id)!)
  const then = numbersAfter(before.holds, after.holds)
  const services: string[] = []
  const bySet = new Map<number, number>()
  for (const service of reachedFrom(before.graph, [...named, ...relievedOf(before, after, then)])) {
    if (!after.graph.isOn[service] || after.verdicts[service] === 'KEEP') continue
    const [was, is] = [setOf(before, service), setOf(after, service)]
    if (is === 0 || !(named.has(service) || isEarlier(service) || isReasonLost(was, is))) continue
    services.push(after.graph.ids[service]!)
    bySet.set(is, (bySet.get(is) ?? 0) + 1)
  }
  const counts = new Map<number, number>()
  for (const [set, held] of bySet) {
    for (const number of blockersIn(after.sets, set)) counts.set(number, (counts.get(number) ?? 0) + held)
  }
  const blockers = Array.from(counts, ([number, held]) => ({
    ...after.holds.blockers[number]!,
    services: held,
  }))
  const isForEver = ({ kind }: Blocker) => Number(kind === 'permanent')
  blockers.sort((a, b) => isForEver(b) - isForEver(a) || b.services - a.services)
  return { services, blockers }

  /** One of several who stay may have let go: the reason is the same, its day is not. */
  function isEarlier(service: number): boolean {
    return after.earliest[service]! < before.earliest[service]!
  }

  function isReasonLost(was: number, is: number): boolean {
    return blockersIn(before.sets, was).some(number => !hasBlocker(after.sets, is, then[number]!))
  }
}

function setOf({ sets, groups }: Judgement, service: number): number {
  const group = groups.of[service]!
  return group < 0 ? 0 : sets.ofGroup[group]!
}

/** The number of each blocker afterwards, -1 where it is gone. Both lists are in order, so they are gone through side by side. */
function numbersAfter(before: Holds, after: Holds): Int32Array {
  const then = new Int32Array(before.blockers.length)
  let next = 0
  before.blockers.forEach(({ id }, number) => {
    if (after.blockers[next]?.id !== id) next = after.numbers.get(id) ?? next
    then[number] = after.blockers[next]?.id === id ? next++ : -1
  })
  return then
}

/** Services with other consumers or other blockers of their own: whoever lost a reason is one of them, or needed by one. */
function relievedOf(before: Judgement, after: Judgement, then: Int32Array): number[] {
  const [were, are] = [before.graph.consumers, after.graph.consumers]
  const [held, holds] = [before.holds, after.holds]
  return [...before.graph.ids.keys()].filter(
    service =>
      !isSameRow(were.start, were.target, are.start, are.target, service) ||
      !isSameRow(held.start, held.blocker, holds.start, holds.blocker, service, then),
  )
}

function isSameRow(
  start: Int32Array,
  values: Int32Array,
  startThen: Int32Array,
  valuesThen: Int32Array,
  service: number,
  then?: Int32Array,
): boolean {
  const [first, firstThen] = [start[service]!, startThen[service]!]
  const length = start[service + 1]! - first
  if (startThen[service + 1]! - firstThen !== length) return false
  for (let at = 0; at < length; at++) {
    const value = values[first + at]!
    if ((then ? then[value] : value) !== valuesThen[firstThen + at]) return false
  }
  return true
}
