import { addDays, type Day } from '../../domain/calendar.ts'
import { p50On, type SystemOn, whyMoved } from '../../domain/forecast/movement.ts'
import { type Standing, standingOn } from '../../domain/intake.ts'
import type { Status } from '../../domain/vocabulary.ts'
import { sayName } from '../../http/words.ts'
import { type ForecastSystem, loadForecastSystems } from '../../store/forecasts.ts'
import { loadCourse } from '../../store/intake.ts'
import { type KeptForecast, listKept, p50SaidBy } from '../../store/kept-forecasts.ts'
import { listResiduals, type ResidualState } from '../../store/residuals.ts'
import type { Visit } from '../visit.ts'
import { comparedDays } from './compared-days.ts'
import { type Roughness, roughnessOf, sayMovement, sayP50 } from './movement-words.ts'

/** Back to here the readings that a page is made of are enough. */
const NEAR_DAYS = 30

/** `alone`: the id of the residual that the page is about, null where it is about the whole system. */
type About = { alone: number | null; widening: number }

/** Why the date of one day is not that of an earlier one, `since` and `until` in the address: causes that add up to the whole. */
export async function movementOf(visit: Visit, system: ForecastSystem, { alone, widening }: About) {
  const { context, request, today } = visit
  const { from, to, notes } = comparedDays(visit)
  const kept = await listKept(context.db, system.id)
  const closed = alone === null ? await listClosedAfter(visit, system.id, from) : []
  const past = { kept, closed, course: await loadCourse(context.db, system) }
  const loadOn = (day: Day) => loadedOn(visit, system, { closed, day, widening })
  const after = { id: system.key, day: today, target: system.targetOn, residuals: inputsOf(system) }
  const before = asOnDay(await loadOn(from), from, past)
  const later = to === today ? after : asOnDay(await loadOn(to), to, past)
  const ends = { from: roughnessOf(before), to: roughnessOf(later) }
  const ids = new Set(before.residuals.map(({ id }) => id))
  const gone = closed.filter(({ id, closedOn }) => ids.has(String(id)) && !isOpenOn({ closedOn }, to))
  const said = [
    { system: before, roughness: ends.from },
    { system: later, roughness: ends.to },
  ]
  return {
    since: from,
    until: to,
    today,
    isOpen: request.query.since !== undefined || request.query.until !== undefined,
    notes: [...notes, ...sayOtherwise(visit, kept, alone, said)],
    ...sayMovement(visit, whyMoved(before, later), {
      closed: gone.map(residual => sayName(visit.language, residual)),
      isAdded: later.residuals.some(({ id }) => !ids.has(id)),
      ends,
      targets: [before.target, later.target],
    }),
  }
}

/** What is closed by now and was still open on a day. */
async function listClosedAfter({ context }: Visit, systemId: number, day: Day): Promise<ResidualState[]> {
  const residuals = await listResiduals(context.db, [systemId])
  return residuals.filter(residual => residual.closedOn !== null && isOpenOn(residual, day))
}

function isOpenOn({ closedOn }: Pick<ResidualState, 'closedOn'>, day: Day): boolean {
  return closedOn === null || closedOn > day
}

type Asked = { closed: readonly ResidualState[]; day: Day; widening: number }

/** The same residuals, and those closed since, with the readings that count on an earlier day. */
async function loadedOn(
  { context, today }: Visit,
  system: ForecastSystem,
  { closed, day, widening }: Asked,
): Promise<ForecastSystem> {
  const isNear = day >= addDays(today, -NEAR_DAYS)
  if (isNear && closed.length === 0) return system
  const ids = new Set([...system.residuals.map(({ residual }) => residual.id), ...closed.map(({ id }) => id)])
  const [loaded] = await loadForecastSystems(context.db, [system.id], isNear ? today : day, widening, {
    system: now => now,
    residuals: now => now.filter(({ id }) => ids.has(id)).map(one => ({ ...one, closedOn: null })),
  })
  return { ...system, residuals: loaded?.residuals ?? [] }
}

type End = { system: SystemOn; roughness: Roughness }

/** Where something else was said on one of the days, or on both, than follows from what is known now. */
function sayOtherwise(
  { t, today }: Visit,
  kept: readonly KeptForecast[],
  alone: number | null,
  ends: readonly End[],
): string[] {
  const [one, other] = ends.flatMap(({ system, roughness }) => {
    const { day } = system
    const row = kept.findLast(({ residualId, madeOn }) => residualId === alone && madeOn === day)
    if (!row || row.state === 'done' || day === today) return []
    const [said, known] = [p50SaidBy(row), p50On(system)].map(p50 => sayP50(t, p50, roughness))
    return said === known ? [] : [{ day, said }]
  })
  if (!one) return []
  if (!other) return [t('movement.otherwise', one)]
  return [
    t('movement.otherwiseBoth', { from: one.day, saidFrom: one.said, to: other.day, saidTo: other.said }),
  ]
}

function inputsOf({ residuals }: Pick<ForecastSystem, 'residuals'>): SystemOn['residuals'] {
  return residuals.map(({ residual, input }) => ({ id: String(residual.id), input }))
}

/** What was said of a system, what was closed since, and all its standings, oldest first. */
type Past = {
  kept: readonly KeptForecast[]
  closed: readonly ResidualState[]
  course: readonly Standing[]
}

/** The residuals that there were on a day, under the status that it had and the target that was kept with what was said then. */
function asOnDay(system: ForecastSystem, day: Day, { kept, closed, course }: Past): SystemOn {
  const last = kept.findLast(({ residualId, madeOn }) => residualId === null && madeOn <= day)
  const wasThere = new Set(kept.flatMap(one => (one.residualId && one.madeOn <= day ? [one.residualId] : [])))
  const wasGone = new Set(closed.flatMap(one => (isOpenOn(one, day) ? [] : [one.id])))
  const residuals = system.residuals.filter(
    ({ residual: { id, firstOn } }) =>
      !wasGone.has(id) && (wasThere.has(id) || (firstOn !== null && firstOn <= day)),
  )
  const status = statusOn(last, standingOn(course, day)) ?? system.status
  return {
    id: system.key,
    day,
    target: last ? last.targetOn : system.targetOn,
    residuals: inputsOf({ residuals }).map(({ id, input }) => ({
      id,
      input: { ...input, status, profiles: input.profiles.filter(profile => profile.day <= day) },
    })),
  }
}

/** A move that was told of later than its day: until then, what was said was said under the status before. */
function statusOn(said: KeptForecast | undefined, standing: Standing | undefined): Status | undefined {
  return said && (!standing?.on || said.madeOn >= standing.on) ? said.status : standing?.status
}
