import type { Layer } from '../../domain/burndown.ts'
import type { Day } from '../../domain/calendar.ts'
import { OLD_DAYS } from '../../domain/forecast/fan.ts'
import type { Count } from '../../domain/vocabulary.ts'
import { sayCount, sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'
import type { EstateLayers } from './estate-series.ts'

/** What the first sentence includes of counts that are too old, told by the layers of the picture below it. */
export type OldInSentence = {
  /** Nobody has counted anything of these since: their line has ended. */
  silent: { label: string; count: Count; day: Day }[]
  /** Of these something else was counted since, so that their line goes on with what is old in it. */
  carried: { label: string; count: number; before: Day; isOfOneDay: boolean }[]
}

export function oldInSentence(
  layers: readonly Layer[],
  { stays, oldToGo }: Pick<EstateLayers, 'stays' | 'oldToGo'>,
): OldInSentence {
  const toGo = layers.filter(({ key }) => !stays.has(key))
  const isSilent = ({ gaps }: Layer) => gaps.some(({ until }) => until === null)
  return {
    silent: toGo
      .filter(layer => isSilent(layer) && layer.last.count > 0)
      .map(({ label, last }) => ({ label, count: last, day: last.day })),
    carried: toGo.flatMap(layer => {
      const count = oldToGo.get(layer.key) ?? 0
      return layer.old && count > 0 && !isSilent(layer)
        ? [{ label: layer.label, count, before: layer.old.before, isOfOneDay: layer.old.isOfOneDay ?? false }]
        : []
    }),
  }
}

/**
 * The line ends without what nobody has counted for too long, and goes on with what is old of a sum; the sums in words
 * include both, and the forecast what is not too old for it. Where all lines have ended, the picture says so itself.
 */
export function sayOldCounts(
  { t, language }: Visit,
  { silent, carried }: OldInSentence,
  { layers, hasFan }: { layers: number; hasFan: boolean },
): string[] {
  const counts = (some: string[]) => some.join(t('attention.comma'))
  const ended = silent.map(({ label, count, day }) =>
    t('overview.carriedOne', { label, count: sayCount(t, language, count), day }),
  )
  const parts = carried.map(({ label, count, before: day, isOfOneDay }) =>
    t(`overview.carried${isOfOneDay ? 'One' : 'Part'}`, { label, count: sayNumber(language, count), day }),
  )
  const key = hasFan ? 'overview.carriedAhead' : 'overview.carried'
  return [
    ...(ended.length > 0 && ended.length < layers ? [t(key, { counts: counts(ended), days: OLD_DAYS })] : []),
    ...(parts.length > 0 ? [t('overview.carriedParts', { counts: counts(parts) })] : []),
  ]
}
