import { expect, test } from 'vitest'
import { isTargetMissed } from '../../src/domain/targets.ts'

const TODAY = '2026-04-01'
const draining = { status: 'draining', statusOn: null, targetOn: '2026-03-31' } as const

test('a target is missed from the day after it, unless the system was retired by then or is to stay', () => {
  expect(isTargetMissed(draining, TODAY)).toBe(true)
  expect(isTargetMissed({ ...draining, targetOn: TODAY }, TODAY)).toBe(false)
  expect(isTargetMissed({ ...draining, targetOn: null }, TODAY)).toBe(false)
  expect(isTargetMissed({ ...draining, status: 'cancelled' }, TODAY)).toBe(false)
  const retired = { ...draining, status: 'retired' } as const
  expect(isTargetMissed({ ...retired, statusOn: '2026-03-31' }, TODAY)).toBe(false)
  expect(isTargetMissed({ ...retired, statusOn: TODAY }, TODAY)).toBe(true)
  expect(isTargetMissed(retired, TODAY)).toBe(false)
})
