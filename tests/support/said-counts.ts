import type { Incoming, Known } from '../../src/domain/readings.ts'
import type { Qualifier } from '../../src/domain/vocabulary.ts'

/** Counts as they come in, beside what is known of a residual that is draining. */

export const TODAY = '2026-03-31'
export const count = (count: number, more: Partial<Incoming> = {}): Incoming => ({
  count,
  qualifier: 'exact',
  day: TODAY,
  reason: null,
  ...more,
})
export const after = (previous: number | null, more: Partial<Known> = {}): Known => ({
  previous: previous === null ? null : readingOf(previous),
  before: previous === null ? null : readingOf(previous),
  ceiling: previous === null ? null : readingOf(previous),
  later: [],
  firstOn: previous === null ? null : '2025-11-30',
  closedOn: null,
  unchangedReadings: 1,
  status: 'draining',
  intake: { since: null },
  ...more,
})
export const readingOf = (count: number, qualifier: Qualifier = 'exact', day = '2026-03-01') => ({
  count,
  qualifier,
  day,
  reason: null,
})
export const bound = (count: number) => ({
  previous: readingOf(count, 'at_least'),
  before: readingOf(count, 'at_least'),
})
