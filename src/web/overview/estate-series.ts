import type { BurndownReading, BurndownSeries, OldPart, Silence } from '../../domain/burndown-level.ts'
import type { Day } from '../../domain/calendar.ts'
import type { OpenInUnit } from '../../domain/open-orders.ts'
import { areRoundsDense, mergeSilences } from '../../domain/silences.ts'
import type { Unit } from '../../domain/vocabulary.ts'
import { sayName } from '../../http/words.ts'
import { type DayTotal, listSystemDays } from '../../store/days.ts'
import { loadOldCounts, type OldCounts } from '../../store/old-counts.ts'
import { listSystemsCounting, loadSilences } from '../../store/silences.ts'
import { listSystems, type SystemState } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

/** Systems that have a layer of their own; the rest share one. */
const LAYERS = 7

/** So many systems of the shared layer are looked into one by one; of more only the sum of today is known to be exact. */
const LOOKED_INTO = 50

/** A layer for each of the largest systems and one for all others, from the kept daily totals. */
export async function estateSeries(
  visit: Visit,
  unit: Unit,
  estateDays: readonly DayTotal[],
  open: OpenInUnit,
): Promise<BurndownSeries[]> {
  const { context, language, today, t } = visit
  const largest = await listSystems(context.db, {}, 'open', { limit: LAYERS, offset: 0 })
  const shown = largest.filter(system => {
    const own = openOf(system, unit)
    return own && own.counted + own.atLeast > 0
  })
  const ids = shown.map(({ id }) => id)
  const days = (await listSystemDays(context.db, ids)).filter(day => day.unit === unit)
  const ofSystem = Map.groupBy(days, day => day.systemId)
  const old = await loadOldCounts(context.db, unit, today)
  const unproven = ids.filter(id => !areRoundsDense(ofSystem.get(id) ?? []))
  const silences = await loadSilences(context.db, unit, unproven, today)
  const layers = shown.map(system => ({
    key: system.key,
    label: sayName(language, system),
    endedOn: system.status === 'retired' ? system.statusOn : null,
    ...layerOf(ofSystem.get(system.id) ?? [], {
      isAbout: openOf(system, unit)!.abouts > 0,
      old: old.get(system.id),
      silences: silences.get(system.id) ?? [],
    }),
  }))
  const rest = await restOf(visit, unit, withoutDays(estateDays, days), ids)
  const abouts = shown.reduce((sum, system) => sum - openOf(system, unit)!.abouts, open.abouts)
  const oldRest = [...old].flatMap(([id, counts]) => (ids.includes(id) ? [] : [counts]))
  const others = layerOf(rest.days, {
    ...rest,
    isAbout: abouts > 0,
    old: oldRest.length > 0 ? oldRest.reduce(together) : undefined,
  })
  return others.readings.length > 0
    ? [...layers, { key: 'others', label: t('overview.others'), ...others }]
    : layers
}

/** Whether all that shares a layer was counted in time: as its sums prove, or as each of its systems tells. */
async function restOf(
  { context: { db }, today }: Visit,
  unit: Unit,
  days: readonly DayTotal[],
  shown: readonly number[],
) {
  if (areRoundsDense(days)) return { days, silences: [], isUnproven: false }
  const ids = (await listSystemsCounting(db, unit, LOOKED_INTO + LAYERS + 1)).filter(
    id => !shown.includes(id),
  )
  if (ids.length > LOOKED_INTO) return { days, silences: [], isUnproven: true }
  const silences = await loadSilences(db, unit, ids, today)
  return { days, silences: [...silences.values()].flat(), isUnproven: false }
}

function openOf({ openByUnit }: SystemState, unit: Unit): OpenInUnit | undefined {
  return openByUnit.find(open => open.unit === unit)
}

function together(one: OldCounts, other: OldCounts): OldCounts {
  return {
    count: one.count + other.count,
    oldest: one.oldest < other.oldest ? one.oldest : other.oldest,
    newest: one.newest > other.newest ? one.newest : other.newest,
  }
}

/** `isUnproven`: nobody has looked whether all of it was counted in time, so no earlier total of it is exact. */
type Known = {
  isAbout: boolean
  old: OldCounts | undefined
  silences: readonly Silence[]
  isUnproven?: boolean
}

/** A total that carries old counts on is no fresh count of the whole: it is "about", and no line leads to it. */
function layerOf(days: readonly DayTotal[], { isAbout, old, silences: past, isUnproven }: Known) {
  const readings = readingsOf(days)
  const last = readings.at(-1)
  const sure: OldPart['whole'] = isAbout ? 'about' : 'exact'
  const silences = mergeSilences(old ? [...past, { from: old.oldest, until: null }] : past)
  const isCarried = (day: Day) =>
    silences.some(({ from, until }) => day > from && (until === null || day < until))
  return {
    readings: readings.map(reading =>
      reading.qualifier === 'exact' && (isCarried(reading.day) || (reading === last ? isAbout : isUnproven))
        ? { ...reading, qualifier: 'about' as const }
        : reading,
    ),
    silences,
    old:
      old && last && last.day > old.newest
        ? {
            count: old.count,
            before: old.newest,
            whole: last.qualifier === 'exact' && last.count === old.count ? sure : null,
          }
        : null,
  }
}

/** Running sums of what changed on each day. */
function readingsOf(days: readonly DayTotal[]): BurndownReading[] {
  let [count, bounds, counted] = [0, 0, 0]
  return days.flatMap(day => {
    count += day.count + day.bound
    bounds += day.bounds
    counted += day.counted
    return counted > 0 || count > 0
      ? [{ day: day.day, count, qualifier: bounds > 0 ? ('at_least' as const) : ('exact' as const) }]
      : []
  })
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
