import type { Day } from './calendar.ts'
import { isZero } from './readings.ts'
import type { Count, Unit } from './vocabulary.ts'

/** What is open of one unit. Lower bounds stand apart: 54 and "at least 3,000" are never added into one exact number. */
export type OpenInUnit = {
  unit: Unit
  /** Sum of the exact and approximate counts. */
  counted: number
  /** Sum of the lower bounds, and how many there are. */
  atLeast: number
  bounds: number
  /** How many counts are approximate. */
  abouts: number
  uncounted: number
}

export type OpenOrders = {
  /** Everything counted, lower bounds at their bound, whatever the unit. */
  total: number
  byUnit: OpenInUnit[]
  residuals: number
  uncounted: number
  /** Residuals not known to be zero. */
  unsettled: number
}

/** Adds up the open residuals of a system; `latest` is null for one that was never counted. */
export function openOrders(residuals: readonly { unit: Unit; latest: Count | null }[]): OpenOrders {
  const byUnit = new Map<Unit, OpenInUnit>()
  const sum: OpenOrders = { total: 0, byUnit: [], residuals: residuals.length, uncounted: 0, unsettled: 0 }
  for (const { unit, latest } of residuals) {
    const open = byUnit.get(unit) ?? { unit, counted: 0, atLeast: 0, bounds: 0, abouts: 0, uncounted: 0 }
    byUnit.set(unit, addCount(open, latest))
    sum.total += latest?.count ?? 0
    if (!latest) sum.uncounted += 1
    if (!latest || !isZero(latest)) sum.unsettled += 1
  }
  return { ...sum, byUnit: [...byUnit.values()] }
}

/**
 * Where all that is left has a day on which somebody says it will be empty: the last of them; null where one has none, and
 * where nothing is left. `loadDeclaredZeroDays` asks the database the same of every system at once.
 */
export function declaredZeroOn(
  residuals: readonly { latest: Count | null; declaredZeroOn: Day | null }[],
): Day | null {
  const left = residuals.filter(({ latest }) => !latest || !isZero(latest))
  const days = left.flatMap(residual => residual.declaredZeroOn ?? []).sort()
  return days.length === left.length ? (days.at(-1) ?? null) : null
}

/** Adds what several systems have open, unit by unit. */
export function addOpenOrders(parts: Iterable<readonly OpenInUnit[]>): OpenInUnit[] {
  const byUnit = new Map<Unit, OpenInUnit>()
  for (const part of parts) {
    for (const open of part) {
      const sum = byUnit.get(open.unit)
      if (!sum) byUnit.set(open.unit, { ...open })
      else for (const field of SUMMED) sum[field] += open[field]
    }
  }
  return [...byUnit.values()]
}

const SUMMED = ['counted', 'atLeast', 'bounds', 'abouts', 'uncounted'] as const

function addCount(open: OpenInUnit, latest: Count | null): OpenInUnit {
  if (!latest) return { ...open, uncounted: open.uncounted + 1 }
  if (latest.qualifier === 'at_least')
    return { ...open, atLeast: open.atLeast + latest.count, bounds: open.bounds + 1 }
  const abouts = open.abouts + (latest.qualifier === 'about' ? 1 : 0)
  return { ...open, counted: open.counted + latest.count, abouts }
}

/**
 * The residual of a whole system for the shutdown analysis: null (unknown) when nobody recorded what remains,
 * when one residual was never counted, or when all that is known of a zero is "at least" or "about".
 */
export function residualOf(
  open: Pick<OpenOrders, 'total' | 'residuals' | 'uncounted' | 'unsettled'>,
): number | null {
  if (open.residuals === 0 || open.uncounted > 0) return null
  return open.total === 0 && open.unsettled > 0 ? null : open.total
}
