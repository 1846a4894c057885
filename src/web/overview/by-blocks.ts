import type { Day } from '../../domain/calendar.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { EstateOutlook, OutlookBlock } from '../../store/outlooks-by-id.ts'

/**
 * Makes something of all forecasts of the estate, a hundred systems at a time: after a change only the hundred with the
 * system that it touched are made anew. What is made may depend on nothing but the forecasts and the day.
 */
export function byBlocks<T>(make: (outlooks: readonly Outlook[], today: Day) => T) {
  const kept = new WeakMap<OutlookBlock, { today: Day; made: T }>()
  return (estate: EstateOutlook, today: Day): T[] => estate.blocks().map(block => madeOf(block, today))

  function madeOf(block: OutlookBlock, today: Day): T {
    const known = kept.get(block)
    if (known?.today === today) return known.made
    const made = make([...block.values()], today)
    kept.set(block, { today, made })
    return made
  }
}
