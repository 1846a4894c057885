import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../src/domain/calendar.ts'
import { arrivalOf, daysWithinTwoYears } from '../../../src/domain/forecast/arrival.ts'
import type { CountReading } from '../../../src/domain/forecast/history.ts'
import { ASSUMPTIONS, jointArrival } from '../../../src/domain/forecast/joint.ts'
import {
  chanceToReach,
  countAfter,
  daysToReach,
  expectedAfter,
  type Law,
} from '../../../src/domain/forecast/law.ts'
import { CHANGE_REASONS, QUALIFIERS } from '../../../src/domain/vocabulary.ts'
import { forecast, lawOf, reading, TODAY } from './cast.ts'

const counts = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 1_000_000_000 }))
const agos = fc.integer({ min: 0, max: 1500 })
const histories = fc
  .uniqueArray(fc.tuple(agos, counts), { minLength: 1, maxLength: 30, selector: ([ago]) => ago })
  .map(pairs => pairs.map(([ago, count]) => reading(addDays(TODAY, -ago), count)))
const ends = fc.array(
  fc.record({
    endsOn: fc.option(fc.integer({ min: -60, max: 1500 }).map(days => addDays(TODAY, days))),
    count: fc.nat(500),
  }),
  { maxLength: 12 },
)
const profiles = fc.option(ends).map(given => (given ? [{ day: addDays(TODAY, -61), ends: given }] : []))
const laws = fc
  .tuple(histories, profiles, fc.double({ min: 1, max: 2, noNaN: true }))
  .map(([readings, given, widening]) => lawOf(readings, { profiles: given, widening }))
const shares = fc.double({ min: 0.001, max: 0.999, noNaN: true })
const days = fc.integer({ min: 0, max: 4000 })

const holds = <T extends [unknown, ...unknown[]]>(property: fc.IProperty<T>) =>
  fc.assert(property, { numRuns: 150 })

test('chances are between 0 and 1, and never fall with time or with the level', () => {
  holds(
    fc.property(laws, days, days, fc.nat(300), fc.nat(300), (law, d1, d2, l1, l2) => {
      const [early, late] = [Math.min(d1, d2), Math.max(d1, d2)]
      const [low, high] = [Math.min(l1, l2), Math.max(l1, l2)]
      const chance = chanceToReach(law, low, early)
      expect(chance).toBeGreaterThanOrEqual(0)
      expect(chanceToReach(law, low, late)).toBeGreaterThanOrEqual(chance)
      expect(chanceToReach(law, high, early)).toBeGreaterThanOrEqual(chance - 1e-12)
      expect(chanceToReach(law, high, late)).toBeLessThanOrEqual(1)
    }),
  )
})

test('quantiles never fall with the share, counts never rise with the days', () => {
  holds(
    fc.property(laws, shares, shares, days, days, (law, p1, p2, d1, d2) => {
      const [low, high] = [Math.min(p1, p2), Math.max(p1, p2)]
      const [early, late] = [Math.min(d1, d2), Math.max(d1, d2)]
      expect(daysToReach(law, 0, low)).toBeLessThanOrEqual(daysToReach(law, 0, high) * (1 + 1e-9))
      expect(countAfter(law, early, low)).toBeLessThanOrEqual(countAfter(law, early, high))
      expect(countAfter(law, late, low)).toBeLessThanOrEqual(countAfter(law, early, low))
      expect(expectedAfter(law, late)).toBeLessThanOrEqual(expectedAfter(law, early) + 1e-6)
    }),
  )
})

test('the days of a share and the chance of those days are inverse', () => {
  holds(
    fc.property(laws, shares, (law, share) => {
      expect(chanceToReach(law, 0, daysToReach(law, 0, share))).toBeCloseTo(share, 9)
    }),
  )
})

test('P50 and P85 of those gone within two years lie within two years, in that order', () => {
  holds(
    fc.property(laws, law => {
      const [p50, p85] = [0.5, 0.85].map(prob => daysWithinTwoYears(arrivalOf(law), prob)) as [number, number]
      expect(p50).toBeGreaterThan(0)
      expect(p50).toBeLessThanOrEqual(p85)
      expect(p85).toBeLessThanOrEqual(730)
    }),
  )
})

test('a profile moves a chance by its weight at most, and what has no end day is gone no sooner for it', () => {
  holds(
    fc.property(histories, profiles, days, fc.nat(300), (readings, given, within, level) => {
      const law = lawOf(readings, { profiles: given })
      const own = chanceToReach({ ...law, schedule: null }, level, within)
      const { weight, open, remaining } = law.schedule ?? { weight: 0, open: 0, remaining: [] }
      const chance = chanceToReach(law, level, within)
      expect(chance).toBeGreaterThanOrEqual((1 - weight) * own - 1e-12)
      expect(chance).toBeLessThanOrEqual(own + weight * (1 - own) + 1e-12)
      if (level < Math.min(open, law.count)) expect(chance).toBeLessThanOrEqual(own + 1e-12)
      expect(remaining.at(-1) ?? open).toBeCloseTo(open, 3)
    }),
  )
})

test('the order of the readings does not matter', () => {
  const shuffled = histories.chain(readings =>
    fc.tuple(fc.constant(readings), fc.shuffledSubarray(readings, { minLength: readings.length })),
  )
  holds(
    fc.property(shuffled, ([readings, other]) => {
      expect(forecast(other)).toEqual(forecast(readings))
    }),
  )
})

test('a lower count today never lowers the chance to be gone', () => {
  const pairs = fc.tuple(histories, counts, counts)
  holds(
    fc.property(pairs, days, ([readings, one, other], within) => {
      const earlier = readings.filter(({ day }) => day < '2025-05-27')
      const ending = (count: number) => lawOf([...earlier, reading('2025-05-31', count)])
      const [more, less] = [ending(Math.max(one, other)), ending(Math.min(one, other))]
      const worse = median(less) - median(more)
      expect(worse).toBeLessThanOrEqual(1e-9)
      expect(Number.isFinite(chanceToReach(less, 0, within))).toBe(true)
    }),
  )
})

test('a lower bound today never raises the chance to be gone', () => {
  holds(
    fc.property(histories, counts, days, (readings, count, within) => {
      const known = [...readings.filter(({ day }) => day < TODAY), reading('2024-01-01', 60)]
      const bound = lawOf([...known, reading(TODAY, count, { qualifier: 'at_least' })])
      expect(chanceToReach(bound, 0, within)).toBeLessThanOrEqual(
        chanceToReach(lawOf(known), 0, within) + 1e-9,
      )
    }),
  )
})

function median(law: Law): number {
  return Math.log(daysToReach(law, 0, 0.5))
}

test('anything that people enter has an answer, and a reason where there is no law', () => {
  const anything: fc.Arbitrary<CountReading[]> = fc.array(
    fc.record({
      day: fc.integer({ min: -900, max: 30 }).map(ago => addDays(TODAY, ago)),
      count: fc.nat(60),
      qualifier: fc.constantFrom(...QUALIFIERS),
      reason: fc.option(fc.constantFrom(...CHANGE_REASONS)),
    }),
    { maxLength: 12 },
  )
  const rates = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }))
  holds(
    fc.property(anything, rates, profiles, (readings, declaredPerMonth, given) => {
      const result = forecast(readings, { declaredPerMonth, profiles: given })
      if (result.kind === 'unknown') {
        expect(result.reason.code).toMatch(/counted|bound|leak/)
        return
      }
      const chance = chanceToReach(result.law, 0, 730)
      expect(chance).toBeGreaterThanOrEqual(0)
      expect(chance).toBeLessThanOrEqual(1)
    }),
  )
})

test('a system is at most as likely empty as its slowest part, and dependent parts are the likelier end', () => {
  const parts = fc
    .array(laws, { minLength: 1, maxLength: 5 })
    .map(all => all.map((law, index) => ({ id: `${index}`, law })))
  holds(
    fc.property(parts, days, shares, (all, within, share) => {
      const [independent, dependent] = ASSUMPTIONS.map(assumption => jointArrival(all, assumption))
      const slowest = Math.min(...all.map(({ law }) => chanceToReach(law, 0, within)))
      expect(dependent!.chance(within)).toBe(slowest)
      expect(independent!.chance(within)).toBeLessThanOrEqual(slowest)
      expect(independent!.daysFor(share)).toBeGreaterThanOrEqual(dependent!.daysFor(share) * (1 - 1e-9))
      expect(independent!.chance(independent!.daysFor(share))).toBeCloseTo(share, 6)
    }),
  )
})

test('a declared standstill makes nothing likelier and no date earlier', () => {
  holds(
    fc.property(histories, days, (readings, within) => {
      const [still, unsaid] = [lawOf(readings, { declaredPerMonth: 0 }), lawOf(readings)]
      expect(chanceToReach(still, 0, within)).toBeLessThanOrEqual(chanceToReach(unsaid, 0, within) + 1e-12)
      const half = (law: Law) => daysWithinTwoYears(arrivalOf(law), 0.5)
      expect(half(still)).toBeGreaterThanOrEqual(half(unsaid) - 1e-6)
    }),
  )
})
