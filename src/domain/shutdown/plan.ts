import { type Day, dayNumber } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import type { PlannedDecider } from './deciders.ts'
import { fadingDays } from './fading.ts'
import { type Judgement, judge, type Verdict } from './judge.ts'
import { NEVER, type When, whenOf } from './moments.ts'
import { daysFrom, type PlanPart, partsFrom, plannedOf } from './plan-parts.ts'
import { landscapesTowards } from './plan-steps.ts'
import { fadedDecidersOf, lastUsersOf, plannedDecidersOf, planningOf } from './planned-deciders.ts'
import { type Soaking, soakingsOf } from './soaking.ts'

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
  /** Planned for never, and no more so from this day if what was only seen is not seen again. */
  unlessSeen: Day | null
  fact: Fact
}

/** What became of it. `days` are positive when later than planned, null when one of the two is no day. */
export type Fact = Gone | { kind: 'gone' } | Standing

/** Off; the parts say what moved the day until it went, the last of them that it went then. */
type Gone = { kind: 'off'; since: Day | null; days: number | null; parts: PlanPart[] }

/** Still on; `decider` sets the day planned now, `soaking` is what that day does not wait for. */
type Standing = {
  kind: 'on'
  verdict: Verdict
  plannedNow: When
  /** As that of the row, by what has been seen since. */
  unlessSeen: Day | null
  days: number | null
  decider: PlannedDecider | null
  /**
   * What sets the day from then on, if what was only seen is not seen again: the last re-pointing by who stays, and what
   * is later still.
   */
  afterwards: PlannedDecider[]
  soaking: Soaking | null
  parts: PlanPart[]
}

/**
 * Compares a landscape kept on the day `keptOn` with the judgement of today. Where both planned days are known, the
 * parts of a row add up to its `days` exactly.
 */
export function comparePlan(kept: Landscape, keptOn: Day, now: Judgement): PlanComparison {
  const then = judge(kept, keptOn)
  const stagesTo = (landscape: Landscape) =>
    landscapesTowards(kept, landscape).map(stage => planningOf(stage, keptOn))
  const partsOf = partsFrom([then, ...stagesTo(now.landscape), now])
  const partsOfGone = once(() => partsFrom([then, ...stagesTo(withGone(kept, now.landscape))]))
  const decidersNow = plannedDecidersOf(now)
  const soakings = soakingsOf(now)
  const [fadesThen, fadesNow] = [fadingPlans(then), fadingPlans(now)]
  const laterDeciders = once(() => [lastUsersOf(now), fadedDecidersOf(now)])
  const rows = inOrder(then).map((number): PlanRow => {
    const service = then.graph.ids[number]!
    const group = then.groups.of[number]!
    const planned = whenOf(then.planned[group]!)
    const fact = factOf(now, service, planned, {
      on: at => ({
        decider: decidersNow(at),
        ...thenceOf(at, fadesNow(at)),
        soaking: soakings.get(service) ?? null,
        parts: partsOf(service),
      }),
      off: since => partsOfGone()(service, dayNumber(since)),
    })
    return { service, wave: then.waves[group] || null, planned, unlessSeen: fadesThen(number), fact }
  })
  const added = now.graph.ids.filter(
    (id, number) => isToGo(now.verdicts[number]!) && !then.graph.numbers.has(id),
  )
  return { rows, added, settings: [settingsOf(kept), settingsOf(now.landscape)] }

  function thenceOf(number: number, unlessSeen: Day | null): Pick<Standing, 'unlessSeen' | 'afterwards'> {
    if (unlessSeen === null) return { unlessSeen, afterwards: [] }
    const later = laterDeciders().flatMap(decidersOf => decidersOf(number) ?? [])
    const isFirst = ({ date }: PlannedDecider, at: number) => later.findIndex(one => one.date === date) === at
    return { unlessSeen, afterwards: later.filter((one, at) => one.date > unlessSeen && isFirst(one, at)) }
  }
}

/**
 * By number: of a service planned for never from which day it no more is, if what was only seen is not seen again. A ring
 * with somebody who stays has no planned day while it is one, though that one is to be re-pointed.
 */
function fadingPlans(judgement: Judgement): (service: number) => Day | null {
  const { graph, groups, planned } = judgement
  const [days, deciders] = [once(() => fadingDays(judgement)), once(() => fadedDecidersOf(judgement))]
  return service => {
    if (planned[groups.of[service]!] !== NEVER || deciders()(service)?.date === 'never') return null
    return days()(graph.ids[service]!)
  }
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
  why: {
    on: (number: number) => Pick<Standing, 'decider' | 'unlessSeen' | 'afterwards' | 'soaking' | 'parts'>
    off: (since: Day) => PlanPart[]
  },
): Fact {
  const number = now.graph.numbers.get(service)
  if (number === undefined) return { kind: 'gone' }
  if (!now.graph.isOn[number]) {
    const since = now.graph.services[number]!.offSince
    if (since === null) return { kind: 'off', since, days: null, parts: [] }
    return { kind: 'off', since, days: daysFrom(planned, since), parts: why.off(since) }
  }
  const plannedNow = whenOf(plannedOf(now, service))
  const verdict = now.verdicts[number]!
  return { kind: 'on', verdict, plannedNow, days: daysFrom(planned, plannedNow), ...why.on(number) }
}

/** What went since, as if it still ran: so its day can be followed until it went. */
function withGone(kept: Landscape, now: Landscape): Landscape {
  const ran = new Set(kept.services.flatMap(({ id, state }) => (state === 'on' ? [id] : [])))
  return {
    ...now,
    services: now.services.map(service =>
      ran.has(service.id) ? { ...service, state: 'on', offSince: null } : service,
    ),
  }
}

/** Worked out only where somebody asks. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function isToGo(verdict: Verdict): boolean {
  return verdict !== 'OFF' && verdict !== 'KEEP'
}
