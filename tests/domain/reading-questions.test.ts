import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDigitShort, laterRise, questionsAbout, risenFrom } from '../../src/domain/reading-questions.ts'
import { type Known, meaningOf } from '../../src/domain/readings.ts'
import type { Qualifier } from '../../src/domain/vocabulary.ts'
import { after, bound, count, readingOf, TODAY } from '../support/said-counts.ts'

const FACTOR = 5

test.each([
  ['a digit too many', 9680, 968, ['reading.rise', 'reading.jump']],
  ['a digit too few', 96, 968, ['reading.jump']],
  ['exactly the factor is no jump', 20, 100, []],
  ['one below it is', 19, 100, ['reading.jump']],
  ['all gone', 0, 968, ['reading.zero']],
  ['the same again', 968, 968, []],
])('%s: %i after %i', (_, now, before, questions) => {
  expect(questionsAbout(count(now), after(before), FACTOR)).toEqual(questions)
})

test('a first 0 is asked back: it would call a system empty', () => {
  expect(questionsAbout(count(0), after(null), FACTOR)).toEqual(['reading.zero'])
  expect(questionsAbout(count(54), after(null), FACTOR)).toEqual([])
  expect(questionsAbout(count(0), after(0), FACTOR)).toEqual([])
})

test('the same value is asked back from the fifth time on, on a new day', () => {
  expect(questionsAbout(count(54), after(54, { unchangedReadings: 3 }), FACTOR)).toEqual([])
  expect(questionsAbout(count(54), after(54, { unchangedReadings: 4 }), FACTOR)).toEqual(['reading.repeat'])
  const sameDay = count(54, { day: '2026-03-01' })
  expect(questionsAbout(sameDay, after(54, { unchangedReadings: 4 }), FACTOR)).toEqual([])
  expect(questionsAbout(count(0), after(0, { unchangedReadings: 9 }), FACTOR)).toEqual([])
  expect(questionsAbout(count(53), after(54, { unchangedReadings: 9 }), FACTOR)).toEqual([])
})

test('the first count corrected upwards is asked back, and so is a lower bound above the count it replaces', () => {
  const first = after(null, { previous: readingOf(2800, 'exact', TODAY), firstOn: TODAY })
  expect(questionsAbout(count(4000), first, FACTOR)).toEqual(['reading.corrected_alone'])
  const bounded = count(3000, { qualifier: 'at_least' })
  expect(questionsAbout(bounded, first, FACTOR)).toEqual(['reading.corrected_alone'])
})

test('a lower bound that is corrected is compared with the count of the day before', () => {
  const known = after(54, { previous: readingOf(50, 'at_least', TODAY) })
  expect(questionsAbout(count(53), known, FACTOR)).toEqual([])
  expect(questionsAbout(count(60), known, FACTOR)).toEqual(['reading.rise'])
  expect(risenFrom(count(60), known)).toMatchObject({ count: 54 })
})

test('a recount that is said to be something else is compared with the count of the day before', () => {
  const previous = { ...readingOf(200, 'exact', TODAY), reason: 'recount' } as const
  const known = after(90, { previous })
  expect(questionsAbout(count(200, { reason: 'completed' }), known, FACTOR)).toEqual(['reading.rise'])
  expect(questionsAbout(count(150), known, FACTOR)).toEqual(['reading.recount_dropped', 'reading.rise'])
  expect(questionsAbout(count(200, { reason: 'recount' }), known, FACTOR)).toEqual([])
  expect(questionsAbout(count(80), known, FACTOR)).toEqual(['reading.recount_dropped'])
  expect(questionsAbout(count(80, { reason: 'completed' }), known, FACTOR)).toEqual([])
})

test('only an exact 0 is asked about as empty: after "at least 0" too, and "about 0" as nearly so', () => {
  const about = (qualifier: Qualifier) => count(0, { qualifier })
  expect(questionsAbout(about('about'), after(54), FACTOR)).toEqual(['reading.nearly_zero'])
  expect(questionsAbout(about('at_least'), after(54), FACTOR)).toEqual(['reading.nearly_zero'])
  expect(questionsAbout(count(0), after(null, bound(0)), FACTOR)).toEqual(['reading.zero'])
})

test('a count of an earlier day is asked about where it makes a rise of the next one that was none', () => {
  const next = { ...readingOf(120, 'exact', '2026-04-02'), reason: null }
  const codes = (text: number, next: Known['later'][number], previous = 127) =>
    questionsAbout(count(text), after(previous, { later: [next] }), FACTOR)
  expect(codes(40, next)).toEqual(['reading.next_rises'])
  expect(codes(125, next)).toEqual([])
  expect(codes(40, { ...next, reason: 'recount' })).toEqual([])
  expect(codes(40, { ...next, qualifier: 'at_least' })).toEqual(['reading.next_rises'])
  expect(codes(40, next, 100)).toEqual([])
})

test('a low count of an earlier day is asked about where a lower bound lies between it and what becomes a rise', () => {
  const later = [readingOf(80, 'at_least', '2026-04-02'), readingOf(120, 'exact', '2026-04-03')]
  const known = after(127, { later })
  expect(questionsAbout(count(100), known, FACTOR)).toEqual(['reading.next_rises'])
  expect(laterRise(count(100), known)).toBe(later[1])
  expect(laterRise(count(70), known)).toBe(later[0])
  expect(questionsAbout(count(100, { qualifier: 'at_least' }), known, FACTOR)).toEqual([])
  const corrected = { ...known, previous: readingOf(100, 'exact', TODAY) }
  expect(laterRise(count(99), corrected)).toBeNull()
})

test.each([
  [95, 950, true],
  [1, 19, true],
  [45, 4505, false],
  [940, 950, false],
  [0, 8, false],
])('of %d before %d it is asked whether a digit is missing: %s', (before, next, isShort) => {
  expect(isDigitShort(readingOf(before), readingOf(next))).toBe(isShort)
})

test('that a count of an earlier day may be too low is asked once', () => {
  const later = [readingOf(880, 'exact', '2026-04-02')]
  expect(questionsAbout(count(85), after(900, { later }), FACTOR)).toEqual(['reading.next_rises'])
  expect(questionsAbout(count(85), after(900), FACTOR)).toEqual(['reading.jump'])
})

test('a rise is measured against the count before the lower bounds', () => {
  const known = after(null, { ...bound(80), ceiling: readingOf(90) })
  expect(questionsAbout(count(200, { qualifier: 'at_least' }), known, FACTOR)).toEqual(['reading.rise'])
  expect(risenFrom(count(200), known)).toBe(known.ceiling)
  expect(meaningOf(count(200), known)).toBe('leak')
  expect(meaningOf(count(85), known)).toBe('bound')
})

test('fewer than a lower bound is asked about, unless a reason is given', () => {
  const known = after(null, bound(3500))
  expect(questionsAbout(count(3300), known, FACTOR)).toEqual(['reading.below_bound'])
  expect(questionsAbout(count(3300, { reason: 'completed' }), known, FACTOR)).toEqual([])
  expect(questionsAbout(count(3300, { qualifier: 'at_least' }), known, FACTOR)).toEqual([])
})

test('a zero that is taken back by "at least 0" or "about 0" is asked about', () => {
  for (const qualifier of ['at_least', 'about'] as const)
    expect(questionsAbout(count(0, { qualifier }), after(0), FACTOR)).toEqual(['reading.zero_unsure'])
})

test('something left of a retired system is asked back', () => {
  expect(questionsAbout(count(3), after(null, { status: 'retired' }), FACTOR)).toEqual([
    'reading.after_retirement',
  ])
  expect(questionsAbout(count(0), after(0, { status: 'retired' }), FACTOR)).toEqual([])
})

test('a count that goes down, not to zero and not by more than the factor, is never asked about', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1e9 }),
      fc.integer({ min: 2, max: 100 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (before, factor, part) => {
        const least = Math.ceil(before / factor)
        const now = least + Math.floor((before - least) * part)
        expect(questionsAbout(count(now), after(before), factor)).toEqual([])
      },
    ),
  )
})
