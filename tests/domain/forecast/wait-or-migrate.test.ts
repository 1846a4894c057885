import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type KnownMonthly, waitOrMigrate } from '../../../src/domain/forecast/wait-or-migrate.ts'
import { lawOf, monthly, reading, TODAY } from './cast.ts'

const exactly = (fen: number): KnownMonthly => ({ fen, bound: 'exact' })
const atLeast = (fen: number): KnownMonthly => ({ fen, bound: 'at_least' })
const stalled = (count: number) => lawOf(monthly(count, count, count, count))

const fens = fc.integer({ min: 1, max: 1_000_000_000 })
const counts = fc.integer({ min: 1, max: 1_000_000 })
const prices = fc.integer({ min: 0, max: 1_000_000_000 })

test('54 and 95 that do not move: what waiting costs, and below which price to migrate', () => {
  const answer = waitOrMigrate(stalled(54), exactly(810_600), null)
  expect(answer).toMatchObject({
    carryingPerOrder: { value: 15_011, bound: 'exact' },
    twoYears: { days: { value: 730 }, breakEven: { value: 360_267 } },
    advice: null,
  })
  expect(answer.within).toMatchObject({ said: { kind: 'about' }, bound: 'exact' })
  expect(answer.untilP50.cost.value).toBeLessThan(answer.untilP85.cost.value)
  expect(answer.untilP50.breakEven!.value).toBe(Math.round(answer.untilP50.cost.value / 54))
  expect(waitOrMigrate(stalled(95), exactly(810_600), null).carryingPerOrder!.value).toBe(8_533)
  const asked = [answer.untilP50, answer.untilP85, answer.twoYears].map(({ breakEven }) => breakEven!.value)
  const advice = [asked[0]! - 1, asked[1]!, asked[2]! + 1].map(
    price => waitOrMigrate(stalled(54), exactly(810_600), price).advice,
  )
  expect(advice).toEqual(['migrate', 'depends', 'wait'])
})

test('over a lower bound of the count no price has an advice, and what depends on the count is a bound', () => {
  fc.assert(
    fc.property(counts, fens, prices, (count, fen, price) => {
      const law = lawOf([reading(TODAY, count, { qualifier: 'at_least' })])
      const answer = waitOrMigrate(law, exactly(fen), price)
      expect(answer).toMatchObject({
        advice: 'open_count',
        carryingPerOrder: { bound: 'at_most' },
        untilP50: { days: { bound: 'at_least' }, cost: { bound: 'at_least' }, breakEven: null },
        twoYears: { days: { bound: 'exact' }, cost: { bound: 'exact' }, breakEven: null },
        within: { bound: 'at_most' },
      })
      expect(waitOrMigrate(law, atLeast(fen), price).carryingPerOrder).toBeNull()
    }),
  )
})

test('an advice over a part of the cost stays true whatever the rest turns out to be', () => {
  fc.assert(
    fc.property(counts, fens, fc.nat(1_000_000_000), prices, (count, fen, rest, price) => {
      const law = lawOf([reading(TODAY, count)])
      const { advice, twoYears } = waitOrMigrate(law, atLeast(fen), price)
      const whole = waitOrMigrate(law, exactly(fen + rest), price)
      expect(['migrate', 'open_cost']).toContain(advice)
      if (advice === 'migrate') expect(whole.advice).toBe('migrate')
      expect(twoYears.breakEven!.value).toBeLessThanOrEqual(whole.twoYears.breakEven!.value)
    }),
  )
})

test('a price that a part of the cost does not justify is not said to be worth the wait', () => {
  const { twoYears } = waitOrMigrate(stalled(54), atLeast(810_600), null)
  expect(twoYears.breakEven!.bound).toBe('at_least')
  expect(waitOrMigrate(stalled(54), atLeast(810_600), 10 * twoYears.breakEven!.value).advice).toBe(
    'open_cost',
  )
  expect(waitOrMigrate(stalled(54), atLeast(810_600), 1).advice).toBe('migrate')
})
