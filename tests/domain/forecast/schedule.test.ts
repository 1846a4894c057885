import { expect, test } from 'vitest'
import { arrivalOf, daysWithinTwoYears } from '../../../src/domain/forecast/arrival.ts'
import { chanceToReach, countAfter, daysToReach } from '../../../src/domain/forecast/law.ts'
import { lawOf, reading, running, TODAY } from './cast.ts'

const HUNDRED = [reading(TODAY, 100)]
const contracts = (first: number, second: number) => [
  { endsOn: '2025-12-01', count: second },
  { endsOn: '2025-09-01', count: first },
]

test('contract ends pull the days towards them and narrow the band', () => {
  const { law, profile } = running(HUNDRED, { maturity: contracts(60, 40) })
  expect(profile).toEqual({ kind: 'adds_up' })
  expect(law.spread).toBeLessThan(0.35)
  expect(daysToReach(law, 0, 0.5)).toBeGreaterThan(170)
  expect(daysToReach(law, 0, 0.5)).toBeLessThan(220)
  expect(chanceToReach(law, 0, 730)).toBeGreaterThan(0.95)
  expect(daysWithinTwoYears(arrivalOf(law), 0.5)).toBeLessThan(220)
  expect(daysToReach(law, 40, 0.5)).toBeLessThan(daysToReach(law, 39, 0.5))
})

test('the count follows the contracts', () => {
  const law = lawOf(HUNDRED, { maturity: contracts(60, 40) })
  expect([0, 30, 120, 400].map(days => countAfter(law, days, 0.5))).toEqual([100, 100, 40, 0])
})

test('a profile that does not add up is scaled, believed less, and said', () => {
  const { law, profile } = running(HUNDRED, { maturity: contracts(40, 30) })
  expect(profile).toEqual({ kind: 'mismatch', profile: 70, count: 100 })
  expect(law.spread).toBeGreaterThan(lawOf(HUNDRED, { maturity: contracts(60, 40) }).spread)
  expect(countAfter(law, 0, 0.5)).toBe(100)
  expect(chanceToReach(law, 100, 1)).toBe(1)
})

test.each([
  ['less than half', contracts(20, 10), 30],
  ['more than twice the count', contracts(200, 100), 300],
  ['nothing ahead', [{ endsOn: TODAY, count: 100 }], 0],
])('a profile of %s is set aside', (_, maturity, total) => {
  const { law, profile } = running(HUNDRED, { maturity })
  expect(profile).toEqual({ kind: 'set_aside', profile: total, count: 100 })
  expect(law).toEqual(lawOf(HUNDRED))
})
