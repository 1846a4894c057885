import type { BurndownSeries, OldPart } from '../../domain/burndown-level.ts'
import type { Day } from '../../domain/calendar.ts'
import type { OpenInUnit } from '../../domain/open-orders.ts'
import { mergeSilences } from '../../domain/silences.ts'
import type { Unit } from '../../domain/vocabulary.ts'
import { sayName } from '../../http/words.ts'
import type { DayTotal } from '../../store/days.ts'
import { loadOldCounts, type OldCounts, oldTogether } from '../../store/old-counts.ts'
import { listSystems } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'
import { countedSums } from './counted-sums.ts'
import { keptSums, openOf } from './kept-sums.ts'
import type { Sum } from './layer-sums.ts'

/** Systems that have a layer of their own; the rest share one. */
const LAYERS = 7

/** What the estate was counted on: its days, what is open now, and the day from which on it is drawn. */
type Counted = { days: readonly DayTotal[]; open: OpenInUnit; from: Day }

export type EstateLayers = {
  series: BurndownSeries[]
  /** The systems whose line has ended by today. */
  endedIds: number[]
  /** The layers of systems that stay, which the sums in words leave out. */
  stays: ReadonlySet<string>
  /** By layer, what these sums include of counts that are too old. */
  oldToGo: ReadonlyMap<string, number>
}

/** No system has such a key. */
const REST = ''

/** A layer for each of the largest systems and one for all others. */
export async function estateSeries(visit: Visit, unit: Unit, counted: Counted): Promise<EstateLayers> {
  const { context, language, today, t } = visit
  const largest = await listSystems(context.db, {}, 'open', { limit: LAYERS, offset: 0 })
  const shown = largest.filter(system => {
    const own = openOf(system, unit)
    return own && own.counted + own.atLeast > 0
  })
  const old = await loadOldCounts(context.db, unit, today)
  const sums =
    (await countedSums(visit, unit, shown, counted)) ??
    (await keptSums(visit, unit, shown, { ...counted, old }))
  const layers = shown.map(system => {
    const endedOn = system.status === 'retired' ? system.statusOn : null
    const layer = layerOf(sums.own.get(system.id)!, endedOn ? undefined : old.get(system.id))
    return { key: system.key, label: sayName(language, system), endedOn, ...layer }
  })
  const allOldRest = oldTogether(old, id => !sums.own.has(id) && !sums.ended.has(id))
  const others = layerOf(sums.rest, allOldRest)
  const rest = { key: REST, label: t('overview.others'), endedOn: sums.rest.endedOn, ...others }
  const endedShown = shown.filter(({ status }) => status === 'retired').map(({ id }) => id)
  return {
    series: others.readings.length > 0 ? [...layers, rest] : layers,
    endedIds: [...endedShown, ...sums.ended],
    stays: new Set(shown.filter(({ status }) => status === 'cancelled').map(({ key }) => key)),
    oldToGo: new Map([
      ...shown.map(({ key, id }) => [key, old.get(id)?.toGo ?? 0] as const),
      [REST, allOldRest?.toGo ?? 0],
    ]),
  }
}

/** A total that carries old counts on is no fresh count of the whole: it is "about", and no line leads to it. */
function layerOf({ readings, isAbout, isUnproven, silences: past }: Sum, old: OldCounts | undefined) {
  const last = readings.at(-1)
  const sure: OldPart['whole'] = isAbout ? 'about' : 'exact'
  const silences = mergeSilences(old ? [...past, { from: old.oldest, until: null }] : past)
  const isCarried = (day: Day) =>
    silences.some(({ from, until }) => day > from && (until === null || day < until))
  return {
    readings: readings.map(reading =>
      reading.qualifier === 'exact' &&
      (reading.known || isCarried(reading.day) || (reading === last ? isAbout : isUnproven))
        ? { ...reading, qualifier: 'about' as const, isPartly: false }
        : reading,
    ),
    silences,
    old:
      old && last?.known
        ? {
            count: old.count,
            before: old.newest,
            isOfOneDay: old.oldest === old.newest,
            whole: last.qualifier === 'exact' && last.count === old.count ? sure : null,
          }
        : null,
  }
}
