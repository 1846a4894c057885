import { expect, test } from 'vitest'
import { arrivalOf, daysWithinTwoYears } from '../../../src/domain/forecast/arrival.ts'
import { chanceToReach, countAfter, daysToReach } from '../../../src/domain/forecast/law.ts'
import { type Maturity, type MaturityProfile, profileOn } from '../../../src/domain/forecast/schedule.ts'
import { lawOf, reading, running, TODAY } from './cast.ts'

const HUNDRED = [reading(TODAY, 100)]
const given = (...ends: Maturity[]): MaturityProfile[] => [{ day: '2025-05-31', ends }]
const contracts = (first: number, second: number) =>
  given({ endsOn: '2025-12-01', count: second }, { endsOn: '2025-09-01', count: first })
const withinTwoYears = (profiles: MaturityProfile[]) => chanceToReach(lawOf(HUNDRED, { profiles }), 0, 730)

test('contract ends pull the days towards them; that they hold is likely, not certain', () => {
  const { law, profile } = running(HUNDRED, { profiles: contracts(60, 40) })
  expect(profile).toEqual({ kind: 'adds_up', profile: 100, count: 100, withoutEnd: 0, open: 0 })
  expect(daysWithinTwoYears(arrivalOf(law), 0.5)).toBeGreaterThan(170)
  expect(daysWithinTwoYears(arrivalOf(law), 0.5)).toBeLessThan(220)
  expect(chanceToReach(law, 0, 730)).toBeGreaterThan(0.85)
  expect(chanceToReach(law, 0, 730)).toBeLessThan(0.95)
  expect(daysToReach(law, 40, 0.5)).toBeLessThan(daysToReach(law, 39, 0.5))
})

test('the count follows the contracts', () => {
  const law = lawOf(HUNDRED, { profiles: contracts(60, 40) })
  const after = [0, 30, 120, 400].map(days => countAfter(law, days, 0.5))
  expect(after[0]).toBe(100)
  expect(after[1]).toBeGreaterThan(95)
  expect(after[2]).toBe(40)
  expect(after[3]).toBe(0)
})

test('contracts that have outrun their day are open, and the others are believed less', () => {
  const { law, profile } = running(HUNDRED, { profiles: contracts(40, 30) })
  expect(profile).toEqual({ kind: 'mismatch', profile: 70, count: 100, withoutEnd: 0, open: 30 })
  expect(law.schedule).toMatchObject({ remaining: [60, 30], open: 30 })
  expect(law.schedule!.weight).toBeLessThan(lawOf(HUNDRED, { profiles: contracts(60, 40) }).schedule!.weight)
  expect(countAfter(law, 0, 0.5)).toBe(100)
  expect(chanceToReach(law, 100, 1)).toBe(1)
})

test('contracts that ended early are scaled down', () => {
  const { law, profile } = running(HUNDRED, { profiles: contracts(75, 50) })
  expect(profile).toEqual({ kind: 'mismatch', profile: 125, count: 100, withoutEnd: 0, open: 0 })
  expect(law.schedule!.remaining).toEqual([40, 0])
})

test('what has no end day is not gone before it would be without a profile', () => {
  const open = given({ endsOn: '2025-09-01', count: 70 }, { endsOn: null, count: 30 })
  const { law, profile } = running(HUNDRED, { profiles: open })
  expect(profile).toEqual({ kind: 'adds_up', profile: 100, count: 100, withoutEnd: 30, open: 30 })
  expect(withinTwoYears(open)).toBeCloseTo(withinTwoYears([]), 9)
  expect(chanceToReach(law, 30, 200)).toBeGreaterThan(0.85)
})

test.each([
  ['less than half', contracts(20, 10), 30, 0, 70],
  ['more than twice the count', contracts(200, 100), 300, 0, 0],
  ['nothing ahead', given({ endsOn: TODAY, count: 100 }), 0, 0, 100],
  ['no end day', given({ endsOn: null, count: 100 }), 100, 100, 100],
])('a profile of %s is set aside', (_, profiles, total, withoutEnd, open) => {
  const { law, profile } = running(HUNDRED, { profiles })
  expect(profile).toEqual({ kind: 'set_aside', profile: total, count: 100, withoutEnd, open })
  expect(law).toEqual(lawOf(HUNDRED))
})

test('a lower bound contradicts no larger profile, only a smaller one', () => {
  const bound = [reading(TODAY, 100, { qualifier: 'at_least' })]
  const more = running(bound, { profiles: contracts(75, 50) })
  expect(more.profile).toMatchObject({ kind: 'above_bound', profile: 125, count: 100, open: 0 })
  const exact = lawOf(HUNDRED, { profiles: contracts(60, 40) })
  expect(more.law.schedule).toMatchObject({ weight: exact.schedule!.weight, remaining: [50, 0] })
  expect(running(bound, { profiles: contracts(200, 100) }).profile).toMatchObject({ kind: 'above_bound' })
  expect(running(bound, { profiles: contracts(40, 30) }).profile).toMatchObject({
    kind: 'mismatch',
    open: 30,
  })
})

test('a day knows the profiles of its past, and the newest of them counts', () => {
  const profiles = [
    { day: '2025-04-01', ends: [{ endsOn: '2025-07-01', count: 100 }] },
    { day: '2025-05-01', ends: [{ endsOn: '2026-05-01', count: 100 }] },
    { day: '2025-06-02', ends: [{ endsOn: '2025-06-03', count: 100 }] },
  ]
  expect(lawOf(HUNDRED, { profiles })).toEqual(lawOf(HUNDRED, { profiles: profiles.slice(1, 2) }))
  expect(profileOn(profiles, '2025-03-31')).toBeNull()
})
