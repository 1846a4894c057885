import { addDays, type Day } from '../../domain/calendar.ts'
import { type SystemOn, whyMoved } from '../../domain/forecast/movement.ts'
import { type Standing, standingOn } from '../../domain/intake.ts'
import type { Status } from '../../domain/vocabulary.ts'
import { type ForecastSystem, loadForecastSystems } from '../../store/forecasts.ts'
import { loadCourse } from '../../store/intake.ts'
import { type KeptForecast, listKept, p50SaidBy } from '../../store/kept-forecasts.ts'
import type { Visit } from '../visit.ts'
import { comparedDays } from './compared-days.ts'
import { type Moved, roughnessOf, sayMovement } from './movement-words.ts'

/** Back to here the readings that a page is made of are enough. */
const NEAR_DAYS = 30

/** Why the date of one day is not that of an earlier one, `since` and `until` in the address: causes that add up to the whole. */
export async function movementOf(visit: Visit, system: ForecastSystem) {
  const { context, request, today } = visit
  const { from, to, notes } = comparedDays(visit)
  const kept = await listKept(context.db, system.id)
  const past = { kept, course: await loadCourse(context.db, system) }
  const [then, now] = [await loadedOn(visit, system, from), await loadedOn(visit, system, to)]
  const after = { id: system.key, day: today, target: system.targetOn, residuals: inputsOf(system) }
  const [before, later] = [asOnDay(then, from, past), to === today ? after : asOnDay(now, to, past)]
  const movement = whyMoved(before, later)
  const isFirst = later.residuals.length > before.residuals.length
  const said = movement.kind === 'moved' ? sayOtherwise(visit, system, kept, { from, to, movement }) : []
  return {
    since: from,
    until: to,
    today,
    isOpen: request.query.since !== undefined || request.query.until !== undefined,
    notes: [...notes, ...said],
    ...sayMovement(visit, movement, {
      isFirst,
      ends: { from: roughnessOf(before), to: roughnessOf(later) },
      targets: [before.target, later.target],
    }),
  }
}

/** The same residuals with the readings that count on an earlier day. */
async function loadedOn(
  { context, today }: Visit,
  system: ForecastSystem,
  day: Day,
): Promise<ForecastSystem> {
  const widening = system.residuals[0]?.input.widening ?? 1
  if (day >= addDays(today, -NEAR_DAYS)) return system
  const [loaded] = await loadForecastSystems(context.db, [system.id], day, widening)
  const ids = new Set(system.residuals.map(({ residual }) => residual.id))
  return { ...system, residuals: (loaded?.residuals ?? []).filter(({ residual }) => ids.has(residual.id)) }
}

type Compared = { from: Day; to: Day; movement: Moved }

/** Where something else was said on one of the days than follows from what is known now. */
function sayOtherwise(
  { t }: Visit,
  { residuals }: ForecastSystem,
  kept: readonly KeptForecast[],
  { from, to, movement }: Compared,
): string[] {
  const subject = residuals.length === 1 ? residuals[0]!.residual.id : null
  const ends = [
    { day: from, p50: movement.from },
    { day: to, p50: movement.to },
  ]
  return ends.flatMap(({ day, p50 }) => {
    const one = kept.findLast(({ residualId, madeOn }) => residualId === subject && madeOn === day)
    const said = one && p50SaidBy(one)
    if (said === undefined || said === p50) return []
    return [t('movement.otherwise', { day, said: said ?? t('forecast.notInSight') })]
  })
}

function inputsOf({ residuals }: Pick<ForecastSystem, 'residuals'>): SystemOn['residuals'] {
  return residuals.map(({ residual, input }) => ({ id: String(residual.id), input }))
}

/** What was said of a system, and all its standings, both oldest first. */
type Past = { kept: readonly KeptForecast[]; course: readonly Standing[] }

/** The residuals that there were on a day, under the status that it had and the target that was kept with what was said then. */
function asOnDay(system: ForecastSystem, day: Day, { kept, course }: Past): SystemOn {
  const last = kept.findLast(({ residualId, madeOn }) => residualId === null && madeOn <= day)
  const wasThere = new Set(kept.flatMap(one => (one.residualId && one.madeOn <= day ? [one.residualId] : [])))
  const residuals = system.residuals.filter(
    ({ residual }) => wasThere.has(residual.id) || (residual.firstOn !== null && residual.firstOn <= day),
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
