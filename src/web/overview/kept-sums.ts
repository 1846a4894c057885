import type { SeriesSum } from '../../domain/burndown-sum.ts'
import type { OpenInUnit } from '../../domain/open-orders.ts'
import { areRoundsDense } from '../../domain/silences.ts'
import type { Unit } from '../../domain/vocabulary.ts'
import { type DayTotal, listSystemDays } from '../../store/days.ts'
import { type OldCounts, oldTogether } from '../../store/old-counts.ts'
import { listSystemsCounting, loadSilences } from '../../store/silences.ts'
import type { SystemState } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'
import type { EstateSums } from './layer-sums.ts'

type Asked = Pick<Visit, 'context' | 'today'>

/** So many systems of the shared layer are looked into one by one; of more only the sum of today is known to be exact. */
const LOOKED_INTO = 50

type Kept = { days: readonly DayTotal[]; open: OpenInUnit; old: ReadonlyMap<number, OldCounts> }

/** The same from the kept daily totals, in which what was not counted on a day stands at its last count. */
export async function keptSums(
  visit: Asked,
  unit: Unit,
  shown: readonly SystemState[],
  { days: estateDays, open, old }: Kept,
): Promise<EstateSums> {
  const { context, today } = visit
  const ids = shown.map(({ id }) => id)
  const days = (await listSystemDays(context.db, ids)).filter(day => day.unit === unit)
  const ofSystem = Map.groupBy(days, day => day.systemId)
  const unproven = ids.filter(id => !areRoundsDense(ofSystem.get(id) ?? []))
  const silences = await loadSilences(context.db, unit, unproven, today)
  const own = shown.map(system => {
    const isOver = system.status === 'retired'
    const sum = withoutOld(sumOf(ofSystem.get(system.id) ?? []), isOver ? undefined : old.get(system.id))
    const isAbout = openOf(system, unit)!.abouts > 0
    return [
      system.id,
      { ...sum, silences: silences.get(system.id) ?? [], isAbout, isUnproven: false },
    ] as const
  })
  const abouts = shown.reduce((sum, system) => sum - openOf(system, unit)!.abouts, open.abouts)
  const rest = await restOf(visit, unit, withoutDays(estateDays, days), ids)
  const known = withoutOld(
    rest,
    oldTogether(old, id => !ids.includes(id)),
  )
  return { own: new Map(own), rest: { ...known, isAbout: abouts > 0 }, ended: new Set() }
}

export function openOf({ openByUnit }: SystemState, unit: Unit): OpenInUnit | undefined {
  return openByUnit.find(open => open.unit === unit)
}

/** Whether all that shares a layer was counted in time: as its sums prove, or as each of its systems tells. */
async function restOf(
  { context: { db }, today }: Asked,
  unit: Unit,
  days: readonly DayTotal[],
  shown: readonly number[],
) {
  const sum = sumOf(days)
  if (areRoundsDense(days)) return { ...sum, silences: [], isUnproven: false }
  const ids = (await listSystemsCounting(db, unit, LOOKED_INTO + shown.length + 1)).filter(
    id => !shown.includes(id),
  )
  if (ids.length > LOOKED_INTO) return { ...sum, silences: [], isUnproven: true }
  const silences = await loadSilences(db, unit, ids, today)
  return { ...sum, silences: [...silences.values()].flat(), isUnproven: false }
}

/** Running sums of what changed on each day. A sum of which nothing is counted any more has ended. */
function sumOf(days: readonly DayTotal[]): SeriesSum {
  let [count, bounds, counted] = [0, 0, 0]
  const readings = days.flatMap(day => {
    count += day.count + day.bound
    bounds += day.bounds
    counted += day.counted
    return counted > 0 || count > 0
      ? [{ day: day.day, count, qualifier: bounds > 0 ? ('at_least' as const) : ('exact' as const) }]
      : []
  })
  return { readings, endedOn: counted === 0 && readings.length > 0 ? days.at(-1)!.day : null }
}

/** From the last of the counts on that are too old by now, all of them are in every total. */
function withoutOld<S extends SeriesSum>(sum: S, old: OldCounts | undefined): S {
  if (!old) return sum
  const readings = sum.readings.map(reading => {
    if (reading.day <= old.newest) return reading
    const rest = { count: reading.count - old.count, isPartly: false, isAbout: false, unknown: old.parts }
    return { ...reading, known: { ...rest, qualifier: 'at_least' as const } }
  })
  return { ...sum, readings }
}

/** What the estate's days leave when those of some systems are taken out. Days on which nothing else moved go. */
function withoutDays(estateDays: readonly DayTotal[], systemDays: readonly DayTotal[]): DayTotal[] {
  const taken = Map.groupBy(systemDays, day => day.day)
  return estateDays.flatMap(day => {
    const left = { ...day }
    for (const own of taken.get(day.day) ?? []) for (const field of SUMMED) left[field] -= own[field]
    return SUMMED.some(field => left[field] !== 0) ? [left] : []
  })
}

const SUMMED = ['count', 'bound', 'bounds', 'counted', 'readings'] as const
