import { expect, test } from 'vitest'
import { questionsAbout, risenFrom } from '../../src/domain/reading-questions.ts'
import {
  type Incoming,
  isZero,
  type Known,
  meaningOf,
  refuseReading,
  staleDays,
} from '../../src/domain/readings.ts'
import { isRiseOver } from '../../src/domain/rises.ts'
import { QUALIFIERS } from '../../src/domain/vocabulary.ts'
import { after, bound, count, readingOf, TODAY } from '../support/said-counts.ts'

const FACTOR = 5

test('a fall is kept without a question', () => {
  expect(questionsAbout(count(950), after(968), FACTOR)).toEqual([])
  expect(meaningOf(count(950), after(968))).toBe('fall')
})

test('a recount may rise without a question, and is no leak', () => {
  expect(questionsAbout(count(990, { reason: 'recount' }), after(968), FACTOR)).toEqual([])
  expect(meaningOf(count(990, { reason: 'recount' }), after(968))).toBe('recount')
})

test('a rise after the intake closed is a leak, before it a rise', () => {
  expect(meaningOf(count(990), after(968))).toBe('leak')
  expect(meaningOf(count(990), after(968, { intake: { since: TODAY } }))).toBe('rise')
  expect(meaningOf(count(990), after(968, { intake: null }))).toBe('rise')
})

test('of a lower bound nobody can say that it fell or rose', () => {
  expect(questionsAbout(count(3300), after(null, bound(3000)), FACTOR)).toEqual([])
  expect(meaningOf(count(3300), after(null, bound(3000)))).toBe('bound')
  expect(meaningOf(count(2900, { qualifier: 'at_least' }), after(3000))).toBe('bound')
})

test('a lower bound above what was before is a rise for certain, and a leak once the intake is closed', () => {
  const many = count(200, { qualifier: 'at_least' })
  expect(meaningOf(many, after(90))).toBe('leak')
  expect(meaningOf(many, after(90, { intake: null }))).toBe('rise')
  expect(meaningOf(many, after(200))).toBe('bound')
  expect(meaningOf({ ...many, reason: 'recount' }, after(90))).toBe('recount')
  expect(isRiseOver(many, { count: 90, qualifier: 'about' })).toBe(true)
})

test('a correction is asked back where it is higher than what it replaces, and means what it is after the day before', () => {
  const corrected = after(920, { previous: readingOf(910, 'exact', TODAY) })
  expect(questionsAbout(count(905), corrected, FACTOR)).toEqual([])
  expect(questionsAbout(count(912), corrected, FACTOR)).toEqual(['reading.corrected_up'])
  expect(risenFrom(count(912), corrected)).toMatchObject({ count: 910 })
  expect(questionsAbout(count(912, { reason: 'recount' }), corrected, FACTOR)).toEqual([])
  expect(meaningOf(count(912), corrected)).toBe('fall')
  expect(questionsAbout(count(930), corrected, FACTOR)).toEqual(['reading.rise'])
  expect(meaningOf(count(930), corrected)).toBe('leak')
  expect(questionsAbout(count(91), corrected, FACTOR)).toEqual(['reading.jump'])
})

test('the first count is corrected, and not made a second time, on its own day', () => {
  const first = after(null, { previous: readingOf(12, 'exact', TODAY) })
  expect(meaningOf(count(11), first)).toBe('corrected')
  expect(meaningOf(count(0), first)).toBe('zero')
  expect(meaningOf(count(12), after(null))).toBe('first')
})

test('new work that makes the count fall is refused', () => {
  const codes = (now: Incoming, known: Known) => refuseReading(now, known, TODAY).map(({ code }) => code)
  expect(codes(count(800, { reason: 'inflow' }), after(900))).toEqual(['reading.inflow_falls'])
  expect(codes(count(950, { reason: 'inflow' }), after(900))).toEqual([])
  expect(codes(count(800, { reason: 'inflow', qualifier: 'at_least' }), after(900))).toEqual([])
})

test('a rise is refused with the reason of a fall', () => {
  const codes = (now: Incoming, known: Known) => refuseReading(now, known, TODAY).map(({ code }) => code)
  for (const reason of ['completed', 'migrated_out', 'cancelled'] as const) {
    expect(codes(count(950, { reason }), after(900))).toEqual(['reading.reason_of_fall'])
    expect(codes(count(900, { reason }), after(900))).toEqual([])
    expect(codes(count(950, { reason }), after(null, bound(900)))).toEqual([])
    expect(codes(count(912, { reason }), after(920, { previous: readingOf(910, 'exact', TODAY) }))).toEqual(
      [],
    )
  }
  expect(codes(count(950, { reason: 'recount' }), after(900))).toEqual([])
})

test('the future, a closed residual and a day before the first reading are refused', () => {
  const refused = (day: string, known: Known) => refuseReading(count(1, { day }), known, TODAY)
  const codes = (day: string, known: Known) => refused(day, known).map(({ path, code }) => `${path} ${code}`)
  expect(codes('2026-04-01', after(9))).toEqual(['day day.future'])
  expect(codes('2025-11-29', after(9))).toEqual(['day reading.before_first'])
  expect(codes('2025-11-30', after(9))).toEqual([])
  expect(codes(TODAY, after(9, { closedOn: '2026-03-15' }))).toEqual(['count reading.residual_closed'])
  expect(codes('2020-01-01', after(null))).toEqual([])
  expect(refused('2026-04-01', after(9))[0]?.values).toEqual({ day: '2026-04-01', today: TODAY })
  expect(refused('2025-11-29', after(9))[0]?.values).toEqual({ day: '2025-11-29', first: '2025-11-30' })
  expect(refused(TODAY, after(9, { closedOn: '2026-03-15' }))[0]?.values).toEqual({ day: '2026-03-15' })
})

test('only an exact 0 is zero', () => {
  expect(QUALIFIERS.filter(qualifier => isZero({ count: 0, qualifier }))).toEqual(['exact'])
  expect(isZero({ count: 1, qualifier: 'exact' })).toBe(false)
  expect(meaningOf(count(0), after(null))).toBe('zero')
  expect(meaningOf(count(0, { qualifier: 'about' }), after(null))).toBe('first')
  expect(meaningOf(count(0), after(5))).toBe('zero')
  expect(meaningOf(count(5), after(null))).toBe('first')
  expect(meaningOf(count(5), after(5))).toBe('same')
})

test('a reading is stale from the day after its cadence', () => {
  expect(staleDays('2026-03-01', 30, TODAY)).toBe(0)
  expect(staleDays('2026-03-01', 29, TODAY)).toBe(1)
})
