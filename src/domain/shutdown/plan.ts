import { type Day, daysBetween } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import type { Decider } from './binding.ts'
import { type Judgement, judge, type Verdict } from './judge.ts'
import { type Moment, UNKNOWN, type When, whenOf } from './moments.ts'
import { landscapesTowards, PLAN_STEPS, type PlanStep } from './plan-steps.ts'
import { type Planning, plannedDecidersOf, planningOf } from './planned-deciders.ts'

/** A plan against what became of it. */
export type PlanComparison = {
  /** Every service that was on and was to go: wave by wave, then what was held, by planned day. */
  rows: PlanRow[]
  /** Services that are to go now and were not in the plan. */
  added: string[]
  /** Then and now. */
  settings: [PlanSettings, PlanSettings]
}

type PlanSettings = Pick<Landscape, 'soakDays' | 'quietDays'>

export type PlanRow = {
  service: string
  /** On the day it was kept; null where something held it. */
  wave: number | null
  planned: When
  fact: Fact
}

/** What became of it. `days` are positive when later than planned, null when one of the two is no day. */
export type Fact = { kind: 'off'; since: Day | null; days: number | null } | { kind: 'gone' } | Standing

/** Still on; `decider` sets the day planned now. */
type Standing = {
  kind: 'on'
  verdict: Verdict
  plannedNow: When
  days: number | null
  decider: Decider | null
  parts: PlanPart[]
}

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
  decider: Decider | null
}

/**
 * Compares a landscape kept on the day `keptOn` with the judgement of today. Where both planned days are known, the
 * parts of a row add up to its `days` exactly.
 */
export function comparePlan(kept: Landscape, keptOn: Day, now: Judgement): PlanComparison {
  const then = judge(kept, keptOn)
  const stages = landscapesTowards(kept, now.landscape).map(landscape => planningOf(landscape, keptOn))
  const partsOf = partsFrom([then, ...stages, now])
  const decidersNow = plannedDecidersOf(now)
  const rows = inOrder(then).map((number): PlanRow => {
    const service = then.graph.ids[number]!
    const group = then.groups.of[number]!
    const planned = whenOf(then.planned[group]!)
    const fact = factOf(now, service, planned, at => ({ decider: decidersNow(at), parts: partsOf(service) }))
    return { service, wave: then.waves[group] || null, planned, fact }
  })
  const added = now.graph.ids.filter(
    (id, number) => isToGo(now.verdicts[number]!) && !then.graph.numbers.has(id),
  )
  return { rows, added, settings: [settingsOf(kept), settingsOf(now.landscape)] }
}

/** The numbers of the services that are to go: wave by wave, then what something holds, by planned day. */
function inOrder({ graph, groups, waves, planned, verdicts }: Judgement): number[] {
  const waveOf = (service: number) => waves[groups.of[service]!] || Number.MAX_SAFE_INTEGER
  const plannedFor = (service: number) => planned[groups.of[service]!]!
  const going = Array.from(graph.ids.keys()).filter(service => isToGo(verdicts[service]!))
  return going.sort((a, b) => waveOf(a) - waveOf(b) || plannedFor(a) - plannedFor(b) || a - b)
}

function settingsOf({ soakDays, quietDays }: Landscape): PlanSettings {
  return { soakDays, quietDays }
}

function factOf(
  now: Judgement,
  service: string,
  planned: When,
  why: (number: number) => Pick<Standing, 'decider' | 'parts'>,
): Fact {
  const number = now.graph.numbers.get(service)
  if (number === undefined) return { kind: 'gone' }
  if (!now.graph.isOn[number]) {
    const since = now.graph.services[number]!.offSince
    return { kind: 'off', since, days: since === null ? null : daysFrom(planned, since) }
  }
  const plannedNow = whenOf(plannedOf(now, service))
  const verdict = now.verdicts[number]!
  return { kind: 'on', verdict, plannedNow, days: daysFrom(planned, plannedNow), ...why(number) }
}

/** The parts of services that are on all the way, from the judgements after each step. */
function partsFrom(all: readonly Planning[]): (service: string) => PlanPart[] {
  const deciders = all.map(plannedDecidersOf)
  const deciderAt = (stage: number, service: string) =>
    deciders[stage]!(all[stage]!.graph.numbers.get(service)!)
  return service => {
    const moments = all.map(planning => plannedOf(planning, service))
    return movesIn(moments).map(([first, end]) => {
      const [from, to] = [moments[first]!, moments[end]!]
      const steps = PLAN_STEPS.filter((_, n) => n >= first && n < end && moments[n] !== moments[n + 1])
      const direction = to > from ? 'later' : 'earlier'
      const decider = deciderAt(to > from ? end : first, service)
      const [before, after] = [whenOf(from), whenOf(to)]
      return { steps, from: before, to: after, days: daysFrom(before, after), direction, decider }
    })
  }
}

/** From which stage to which the date moved; a day that was lost and found again is one move. */
function movesIn(moments: readonly Moment[]): [first: number, end: number][] {
  const moves: [number, number][] = []
  let at = 0
  while (at < moments.length - 1) {
    let end = at + 1
    if (isDay(moments[at]!) && !isDay(moments[end]!)) {
      const found = moments.findIndex((moment, stage) => stage > end && isDay(moment))
      if (found > 0) end = found
    }
    if (moments[end] !== moments[at]) moves.push([at, end])
    at = end
  }
  return moves
}

function plannedOf({ graph, groups, planned }: Planning, service: string): Moment {
  return planned[groups.of[graph.numbers.get(service)!]!]!
}

function isDay(moment: Moment): boolean {
  return moment < UNKNOWN
}

function isToGo(verdict: Verdict): boolean {
  return verdict !== 'OFF' && verdict !== 'KEEP'
}

function daysFrom(from: When, to: When): number | null {
  const isKnown = [from, to].every(when => when !== 'unknown' && when !== 'never')
  return isKnown ? daysBetween(from, to) : null
}
