import type { Day } from '../../domain/calendar.ts'
import type { EstateOutlook } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'

const SIZE = 100

type Block<T> = { today: Day; outlooks: Outlook[]; made: T }

/**
 * Makes something of all forecasts of the estate, a hundred systems at a time: after a change only the hundred with the
 * system that it touched are made anew. What is made may depend on nothing but the forecasts and the day.
 */
export function byBlocks<T>(make: (outlooks: readonly Outlook[], today: Day) => T) {
  let kept: Block<T>[] = []
  return (estate: EstateOutlook, today: Day): T[] => {
    const all = [...estate.values()]
    kept = Array.from({ length: Math.ceil(all.length / SIZE) }, (_, at) => {
      const outlooks = all.slice(at * SIZE, (at + 1) * SIZE)
      const old = kept[at]
      return old && isSame(old, outlooks, today) ? old : { today, outlooks, made: make(outlooks, today) }
    })
    return kept.map(({ made }) => made)
  }
}

function isSame(old: Block<unknown>, outlooks: readonly Outlook[], today: Day): boolean {
  if (old.today !== today || old.outlooks.length !== outlooks.length) return false
  return outlooks.every((one, index) => one === old.outlooks[index])
}
