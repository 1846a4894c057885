import type { Day } from '../../../src/domain/calendar.ts'
import type { CountReading } from '../../../src/domain/forecast/history.ts'
import type { Law } from '../../../src/domain/forecast/law.ts'
import { forecastResidual, type ResidualInput } from '../../../src/domain/forecast/residual.ts'

export const TODAY = '2025-06-01'

export function reading(day: Day, count: number, more: Partial<CountReading> = {}): CountReading {
  return { day, count, qualifier: 'exact', reason: null, ...more }
}

/** Counts on the first of each month, the last one today. */
export function monthly(...counts: number[]): CountReading[] {
  return counts.map((count, index) => {
    const month = 6 - (counts.length - 1 - index)
    const year = 2025 + Math.floor((month - 1) / 12)
    return reading(`${year}-${String(((month + 11) % 12) + 1).padStart(2, '0')}-01`, count)
  })
}

export function residual(
  readings: readonly CountReading[],
  more: Partial<ResidualInput> = {},
): ResidualInput {
  return { readings, status: 'draining', declaredPerMonth: null, profiles: [], widening: 1, ...more }
}

export function forecast(readings: readonly CountReading[], more: Partial<ResidualInput> = {}, asOf = TODAY) {
  return forecastResidual(residual(readings, more), asOf)
}

/** The law of a residual that has one; fails otherwise. */
export function lawOf(
  readings: readonly CountReading[],
  more: Partial<ResidualInput> = {},
  asOf = TODAY,
): Law {
  return running(readings, more, asOf).law
}

export function running(readings: readonly CountReading[], more: Partial<ResidualInput> = {}, asOf = TODAY) {
  const result = forecast(readings, more, asOf)
  if (result.kind !== 'running') throw new Error(`expected a running residual, got ${JSON.stringify(result)}`)
  return result
}
