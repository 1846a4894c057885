import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayFromNumber, dayNumber, daysBetween, parseDay } from '../../src/domain/calendar.ts'

test.each([
  '2026-02-30',
  '2026-1-1',
  '',
  '26-01-01',
  '2026-13-01',
  '2026-01-01T00:00',
  ' 2026-01-01',
  '2025-02-29',
  '2026-01-00',
  '0099-01-01',
])('%j names no day', text => expect(parseDay(text)).toBeNull())

test('centuries are leap years only every fourth time', () => {
  expect([parseDay('1900-02-29'), parseDay('2000-02-29'), parseDay('2100-02-29')]).toEqual([
    null,
    '2000-02-29',
    null,
  ])
})

test('a leap day is a day', () => expect(parseDay('2024-02-29')).toBe('2024-02-29'))

test('adding and subtracting days agree for every day', () => {
  const anyDay = fc
    .integer({ min: -200_000, max: 200_000 })
    .map(dayFromNumber)
    .filter(day => day.length === 10)
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
      expect(daysBetween(day, addDays(day, days))).toBe(days)
      expect(parseDay(day)).toBe(day)
      expect(dayFromNumber(dayNumber(day))).toBe(day)
    }),
  )
})
