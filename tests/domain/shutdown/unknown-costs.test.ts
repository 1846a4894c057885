import { expect, test } from 'vitest'
import { type Known, knownOf, knownOfSum } from '../../../src/domain/known-cost.ts'
import { rankBlockers } from '../../../src/domain/shutdown/acceleration.ts'
import { bestSets } from '../../../src/domain/shutdown/best.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { listTies } from '../../../src/domain/shutdown/ties.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

const knownCosts = (service: string): Known => (service === 'dear' ? 'all' : 'none')

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
  expect(knownOfSum(['dear'], knownCosts)).toBe('all')
  expect(knownOfSum(['dear', 'a'], knownCosts)).toBe('some')
  expect(knownOfSum(['a', 'b'], knownCosts)).toBe('none')
  expect(knownOfSum([], knownCosts)).toBe('all')
  expect(knownOf({ known: [{ fen: 1, currency: 'CNY' }], missing: ['other'] })).toBe('some')
  expect(knownOf({ known: [], missing: ['people', 'machines', 'other'] })).toBe('none')
})

test('a blocker of services without a known cost is worth an unknown amount, not 0', () => {
  const { numbers, tell, horizon } = rankBlockers(judgement, knownCosts)
  const [first, second] = numbers.map(tell)
  expect(first).toMatchObject({ id: 'residual:s1', accelerationKnown: 'all', unlock: { known: 'all' } })
  expect(second).toMatchObject({ acceleration: 0, accelerationKnown: 'none', unlock: { known: 'none' } })
  expect(horizon).toBe('2027-08-22')
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
