import { expect, test } from 'vitest'
import { isStalled } from '../../src/domain/readings.ts'

const TODAY = '2026-03-31'
const still = (unchangedReadings: number, unchangedSince: string, now = 54) =>
  ({ count: now, qualifier: 'exact', day: TODAY, unchangedSince, unchangedReadings }) as const
const UNSAID = { declaredRate: null, declaredRateOn: null, firstOn: '2025-11-30' }

test('three equal readings over thirty days are a stall', () => {
  expect(isStalled(still(3, '2026-03-01'), UNSAID)).toBe(true)
  expect(isStalled(still(2, '2026-03-01'), UNSAID)).toBe(false)
  expect(isStalled(still(3, '2026-03-02'), UNSAID)).toBe(false)
})

const STILL = { ...UNSAID, declaredRate: 0 }

test('a declared standstill is one until a count says otherwise', () => {
  expect(isStalled(still(1, TODAY), { ...STILL, firstOn: TODAY })).toBe(true)
  expect(isStalled(still(1, TODAY), STILL)).toBe(false)
  expect(isStalled(still(1, TODAY), { ...STILL, declaredRate: 10, firstOn: TODAY })).toBe(false)
  expect(isStalled(still(9, '2025-01-01', 0), { ...STILL, firstOn: '2025-01-01' })).toBe(false)
})

test('only a count of a later day than the declaration ends it, and the first count ends none', () => {
  const movedOn = (day: string) => still(1, day)
  const declaredOn = (day: string) => ({ ...STILL, declaredRateOn: day })
  expect(isStalled(movedOn('2026-01-31'), declaredOn('2026-02-01'))).toBe(true)
  expect(isStalled(movedOn('2026-01-31'), declaredOn('2026-01-31'))).toBe(true)
  expect(isStalled(movedOn('2026-01-31'), declaredOn('2026-01-30'))).toBe(false)
  expect(isStalled(movedOn('2025-11-30'), declaredOn('2025-10-31'))).toBe(true)
  expect(isStalled(movedOn('2026-01-31'), declaredOn('2025-10-31'))).toBe(false)
})
