import { expect, test } from 'vitest'
import { overdueDays, stalledDays, type Watched } from '../../src/domain/attention.ts'

const TODAY = '2026-03-31'
const watched = (more: Partial<Watched> = {}): Watched => ({
  latest: { day: '2026-03-01', count: 54, qualifier: 'exact' },
  cadenceDays: null,
  declaredRate: null,
  declaredRateOn: null,
  firstOn: '2026-03-01',
  unchangedSince: '2026-03-01',
  unchangedReadings: 1,
  ...more,
})

test('a residual with a cadence of its own is overdue by that one', () => {
  expect(overdueDays(watched(), 30, TODAY)).toBe(0)
  expect(overdueDays(watched({ cadenceDays: 7 }), 30, TODAY)).toBe(23)
  expect(overdueDays(watched({ latest: null }), 30, TODAY)).toBe(0)
})

test('a stall is counted from the day the count last changed, or was declared', () => {
  const equal = {
    unchangedReadings: 4,
    unchangedSince: '2026-01-01',
    latest: { day: '2026-03-01', count: 54, qualifier: 'exact' },
  } as const
  expect(stalledDays(watched(equal), TODAY)).toBe(89)
  expect(stalledDays(watched({ declaredRate: 0, unchangedSince: null, firstOn: '2026-03-01' }), TODAY)).toBe(
    30,
  )
  expect(stalledDays(watched(), TODAY)).toBeNull()
  expect(stalledDays(watched({ latest: null }), TODAY)).toBeNull()
})
