import { expect, test } from 'vitest'
import { currenciesOf, type KnownCost, knownOf, knownOfSum } from '../../../src/domain/known-cost.ts'
import { rankBlockers } from '../../../src/domain/shutdown/acceleration.ts'
import { bestSets } from '../../../src/domain/shutdown/best.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { listTies } from '../../../src/domain/shutdown/ties.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

const knownCosts = (service: string): KnownCost => ({
  known: service === 'dear' ? 'all' : 'none',
  others: [],
})

/** Four systems of which each holds one service; what three of these cost nobody has said. */
const judgement = judge(
  estateOf({
    systems: ['s1', 's2', 's3', 's4'].map(id => ({ id, residual: 1 })),
    services: ['dear', 'a', 'b', 'c'].map((id, at) => ({
      id,
      systems: [`s${at + 1}`],
      cost: id === 'dear' ? 1000 : 0,
    })),
  }),
  TODAY,
)

test('a sum is whole, a lower bound, or unknown; the sum of nothing is 0', () => {
  expect(knownOfSum(['dear'], knownCosts).known).toBe('all')
  expect(knownOfSum(['dear', 'a'], knownCosts).known).toBe('some')
  expect(knownOfSum(['a', 'b'], knownCosts).known).toBe('none')
  expect(knownOfSum([], knownCosts)).toEqual({ known: 'all', others: [] })
  expect(knownOf({ known: [{ fen: 1, currency: 'CNY' }], missing: ['other'] })).toBe('some')
  expect(knownOf({ known: [], missing: ['people', 'machines', 'other'] })).toBe('none')
})

test('a blocker of services without a known cost is worth an unknown amount, not 0', () => {
  const { numbers, tell, horizon } = rankBlockers(judgement, knownCosts)
  const [first, second] = numbers.map(tell)
  expect(first).toMatchObject({
    id: 'residual:s1',
    accelerationKnown: { known: 'all' },
    unlock: { known: 'all' },
  })
  expect(second).toMatchObject({
    acceleration: 0,
    accelerationKnown: { known: 'none' },
    unlock: { known: 'none' },
  })
  expect(horizon).toBe('2027-08-22')
})

test('a landscape counts in the currency in which the most services cost something; a cost of 0 has no say', () => {
  const [cny, usd] = [100, 9_000_000].map((fen, at) => ({ fen, currency: ['CNY', 'USD'][at]! }))
  const nothing = { fen: 0, currency: 'EUR' }
  expect(currenciesOf([[cny!], [cny!, nothing], [usd!], [nothing], [nothing], [nothing]])).toEqual([
    'CNY',
    'USD',
  ])
  expect(currenciesOf([[usd!], [cny!]])).toEqual(['CNY', 'USD'])
  expect(currenciesOf([[nothing]])).toEqual(['EUR'])
  expect(currenciesOf([[], []])).toEqual([])
})

test('what is in another currency stands beside each sum, by the same months, and moves no rank', () => {
  const inDollars = (service: string): KnownCost => ({
    known: 'all',
    others: service === 'c' ? [{ fen: 2000, currency: 'USD' }] : [],
  })
  const ranked = rankBlockers(judgement, inDollars)
  expect(ranked.numbers).toEqual(rankBlockers(judgement, knownCosts).numbers)
  const [first, ...others] = ranked.numbers.map(ranked.tell)
  const last = others.find(({ id }) => id === 'residual:s4')!
  expect(first!.accelerationKnown.others).toEqual([])
  expect(last).toMatchObject({
    acceleration: 0,
    unlock: { cost: 0, others: [{ fen: 2000, currency: 'USD' }] },
  })
  const [{ fen, currency }] = last.accelerationKnown.others as [{ fen: number; currency: string }]
  expect([fen, currency]).toEqual([2 * first!.acceleration, 'USD'])
})

test('where costs are unknown many choices are as good as the best, and all are told', () => {
  const [one, two] = bestSets(judgement, 2)
  expect(listTies(judgement, one!).choices).toEqual([['residual:s1']])
  const { choices, isAll } = listTies(judgement, two!)
  expect(choices).toEqual(['s2', 's3', 's4'].map(other => ['residual:s1', `residual:${other}`]))
  expect(isAll).toBe(true)
  expect(listTies(judgement, two!, 2)).toMatchObject({ choices: { length: 3 }, isAll: false })
  expect(listTies(judgement, two!, 100, 1).isAll).toBe(false)
})
