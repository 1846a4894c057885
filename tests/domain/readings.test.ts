import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Incoming,
  isZero,
  type Known,
  meaningOf,
  questionsAbout,
  refuseReading,
  risenFrom,
  staleDays,
} from '../../src/domain/readings.ts'
import { QUALIFIERS, type Qualifier } from '../../src/domain/vocabulary.ts'

const TODAY = '2026-03-31'
const FACTOR = 5
const count = (count: number, more: Partial<Incoming> = {}): Incoming => ({
  count,
  qualifier: 'exact',
  day: TODAY,
  reason: null,
  ...more,
})
const after = (previous: number | null, more: Partial<Known> = {}): Known => ({
  previous: previous === null ? null : { count: previous, qualifier: 'exact', day: '2026-03-01' },
  before: previous === null ? null : { count: previous, qualifier: 'exact', day: '2026-03-01' },
  firstOn: previous === null ? null : '2025-11-30',
  closedOn: null,
  unchangedReadings: 1,
  status: 'draining',
  statusOn: null,
  ...more,
})
const readingOf = (count: number, qualifier: Qualifier = 'exact', day = '2026-03-01') => ({
  count,
  qualifier,
  day,
})
const bound = (count: number) => ({
  previous: readingOf(count, 'at_least'),
  before: readingOf(count, 'at_least'),
})

test('a fall is kept without a question', () => {
  expect(questionsAbout(count(950), after(968), FACTOR)).toEqual([])
  expect(meaningOf(count(950), after(968))).toBe('fall')
})

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
  expect(questionsAbout(count(4000), first, FACTOR)).toEqual(['reading.rise'])
  expect(questionsAbout(count(3000, { qualifier: 'at_least' }), first, FACTOR)).toEqual(['reading.rise'])
})

test('a lower bound that is corrected is compared with the count of the day before', () => {
  const known = after(54, { previous: readingOf(50, 'at_least', TODAY) })
  expect(questionsAbout(count(53), known, FACTOR)).toEqual([])
  expect(questionsAbout(count(60), known, FACTOR)).toEqual(['reading.rise'])
  expect(risenFrom(count(60), known)).toMatchObject({ count: 54 })
})

test('a recount may rise without a question, and is no leak', () => {
  expect(questionsAbout(count(990, { reason: 'recount' }), after(968), FACTOR)).toEqual([])
  expect(meaningOf(count(990, { reason: 'recount' }), after(968))).toBe('recount')
})

test('a rise after the intake closed is a leak, before it a rise', () => {
  expect(meaningOf(count(990), after(968))).toBe('leak')
  expect(meaningOf(count(990), after(968, { status: 'retired' }))).toBe('leak')
  expect(meaningOf(count(990), after(968, { statusOn: TODAY }))).toBe('rise')
  expect(meaningOf(count(990), after(968, { status: 'migrating' }))).toBe('rise')
})

test('of a lower bound nobody can say that it fell or rose', () => {
  expect(questionsAbout(count(3300), after(null, bound(3000)), FACTOR)).toEqual([])
  expect(meaningOf(count(3300), after(null, bound(3000)))).toBe('bound')
  expect(meaningOf(count(2900, { qualifier: 'at_least' }), after(3000))).toBe('bound')
})

test('a correction is asked back where it is higher than what it replaces, and means what it is after the day before', () => {
  const corrected = after(920, { previous: readingOf(910, 'exact', TODAY) })
  expect(questionsAbout(count(905), corrected, FACTOR)).toEqual([])
  expect(questionsAbout(count(912), corrected, FACTOR)).toEqual(['reading.rise'])
  expect(risenFrom(count(912), corrected)).toMatchObject({ count: 910 })
  expect(questionsAbout(count(912, { reason: 'recount' }), corrected, FACTOR)).toEqual([])
  expect(meaningOf(count(912), corrected)).toBe('fall')
  expect(questionsAbout(count(930), corrected, FACTOR)).toEqual(['reading.rise'])
  expect(meaningOf(count(930), corrected)).toBe('leak')
  expect(questionsAbout(count(91), corrected, FACTOR)).toEqual(['reading.jump'])
})

test('only an exact 0 is asked about as empty: after "at least 0" too, and "about 0" as nearly so', () => {
  const about = (qualifier: Qualifier) => count(0, { qualifier })
  expect(questionsAbout(about('about'), after(54), FACTOR)).toEqual(['reading.nearly_zero'])
  expect(questionsAbout(about('at_least'), after(54), FACTOR)).toEqual(['reading.nearly_zero'])
  expect(questionsAbout(count(0), after(null, bound(0)), FACTOR)).toEqual(['reading.zero'])
})

test('new work that makes the count fall is refused', () => {
  const codes = (now: Incoming, known: Known) => refuseReading(now, known, TODAY).map(({ code }) => code)
  expect(codes(count(800, { reason: 'inflow' }), after(900))).toEqual(['reading.inflow_falls'])
  expect(codes(count(950, { reason: 'inflow' }), after(900))).toEqual([])
  expect(codes(count(800, { reason: 'inflow', qualifier: 'at_least' }), after(900))).toEqual([])
})

test('something left of a retired system is asked back', () => {
  expect(questionsAbout(count(3), after(null, { status: 'retired' }), FACTOR)).toEqual([
    'reading.after_retirement',
  ])
  expect(questionsAbout(count(0), after(0, { status: 'retired' }), FACTOR)).toEqual([])
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
