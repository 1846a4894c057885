import { expect, test } from 'vitest'
import { arrivalOf, daysWithinTwoYears } from '../../../src/domain/forecast/arrival.ts'
import { chanceToReach, countAfter, daysToReach } from '../../../src/domain/forecast/law.ts'
import { type Maturity, type MaturityProfile, profileOn } from '../../../src/domain/forecast/schedule.ts'
import { lawOf, reading, running, TODAY } from './cast.ts'

const HUNDRED = [reading(TODAY, 100)]
const given = (...ends: Maturity[]): MaturityProfile[] => [{ day: '2025-05-31', ends }]
const contracts = (first: number, second: number) =>
  given({ endsOn: '2025-12-01', count: second }, { endsOn: '2025-09-01', count: first })

test('contract ends pull the days towards them and narrow the band', () => {
  const { law, profile } = running(HUNDRED, { profiles: contracts(60, 40) })
  expect(profile).toEqual({ kind: 'adds_up' })
  expect(law.spread).toBeLessThan(0.35)
  expect(daysToReach(law, 0, 0.5)).toBeGreaterThan(170)
  expect(daysToReach(law, 0, 0.5)).toBeLessThan(220)
  expect(chanceToReach(law, 0, 730)).toBeGreaterThan(0.95)
  expect(daysWithinTwoYears(arrivalOf(law), 0.5)).toBeLessThan(220)
  expect(daysToReach(law, 40, 0.5)).toBeLessThan(daysToReach(law, 39, 0.5))
})

test('the count follows the contracts', () => {
  const law = lawOf(HUNDRED, { profiles: contracts(60, 40) })
  expect([0, 30, 120, 400].map(days => countAfter(law, days, 0.5))).toEqual([100, 100, 40, 0])
})

test('a profile that does not add up is scaled, believed less, and said', () => {
  const { law, profile } = running(HUNDRED, { profiles: contracts(40, 30) })
  expect(profile).toEqual({ kind: 'mismatch', profile: 70, count: 100 })
  expect(law.spread).toBeGreaterThan(lawOf(HUNDRED, { profiles: contracts(60, 40) }).spread)
  expect(countAfter(law, 0, 0.5)).toBe(100)
  expect(chanceToReach(law, 100, 1)).toBe(1)
})

test.each([
  ['less than half', contracts(20, 10), 30],
  ['more than twice the count', contracts(200, 100), 300],
  ['nothing ahead', given({ endsOn: TODAY, count: 100 }), 0],
])('a profile of %s is set aside', (_, profiles, total) => {
  const { law, profile } = running(HUNDRED, { profiles })
  expect(profile).toEqual({ kind: 'set_aside', profile: total, count: 100 })
  expect(law).toEqual(lawOf(HUNDRED))
})

test('contracts without an end day are taken to end as the others do, and all is believed less', () => {
  const open = given({ endsOn: '2025-09-01', count: 70 }, { endsOn: null, count: 30 })
  const { law, profile } = running(HUNDRED, { profiles: open })
  expect(profile).toEqual({ kind: 'mismatch', profile: 70, count: 100 })
  const whole = lawOf(HUNDRED, { profiles: given({ endsOn: '2025-09-01', count: 100 }) })
  expect(law.schedule!.weight).toBeLessThan(whole.schedule!.weight)
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
