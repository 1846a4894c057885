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
      const old = kept[at]
      if (old && old.today === today && isSame(old.outlooks, all, at * SIZE)) return old
      const outlooks = all.slice(at * SIZE, (at + 1) * SIZE)
      return { today, outlooks, made: make(outlooks, today) }
    })
    return kept.map(({ made }) => made)
  }
}

/** Whether these are the hundred, or the rest, of `all` from a place on. */
function isSame(block: readonly Outlook[], all: readonly Outlook[], from: number): boolean {
  if (block.length !== Math.min(SIZE, all.length - from)) return false
  for (let at = 0; at < block.length; at++) if (block[at] !== all[from + at]) return false
  return true
}
