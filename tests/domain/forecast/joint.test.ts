import { expect, test } from 'vitest'
import { daysWithinTwoYears } from '../../../src/domain/forecast/arrival.ts'
import { estateForecast } from '../../../src/domain/forecast/estate.ts'
import {
  bindingPart,
  type JointForecast,
  jointArrival,
  jointStatements,
  type Part,
  serviceForecast,
  systemForecast,
} from '../../../src/domain/forecast/joint.ts'
import { chanceToReach, countAfter } from '../../../src/domain/forecast/law.ts'
import { forecast, lawOf, monthly, reading, TODAY } from './cast.ts'

const FAST = monthly(1000, 800, 640, 450, 300)
const SLOW = monthly(54, 54, 54, 54)
const named = (id: string, readings: Parameters<typeof forecast>[0]) => ({ id, forecast: forecast(readings) })

function partsOf(joint: JointForecast): Part[] {
  if (joint.kind !== 'running') throw new Error(`expected a running system, got ${joint.kind}`)
  return joint.parts
}

test('a system lies between the product of its residuals and the smallest of them', () => {
  const parts = partsOf(systemForecast('loans', [named('fast', FAST), named('slow', SLOW)]))
  const { independent, dependent } = jointStatements(parts, TODAY, '2026-06-01')
  const [fast, slow] = parts.map(part => chanceToReach(part.law, 0, 730)) as [number, number]
  expect(independent.within.chance).toBeCloseTo(fast * slow, 12)
  expect(dependent.within.chance).toBe(Math.min(fast, slow))
  expect(independent.byTarget!.chance).toBeLessThan(dependent.byTarget!.chance)
})

test('one unknown residual makes the date of the system unknown, and is named', () => {
  const system = systemForecast('loans', [named('fast', FAST), named('never', []), named('other', [])])
  expect(system).toEqual({
    kind: 'unknown',
    because: [
      { system: 'loans', residual: 'never', reason: { code: 'never_counted' } },
      { system: 'loans', residual: 'other', reason: { code: 'never_counted' } },
    ],
  })
})

test('a system without residuals is unknown; with nothing but zeros it is done', () => {
  expect(systemForecast('loans', [])).toEqual({
    kind: 'unknown',
    because: [{ system: 'loans', residual: null, reason: { code: 'no_residuals' } }],
  })
  expect(systemForecast('loans', [named('gone', [reading(TODAY, 0)])]).kind).toBe('done')
})

test('what can never be gone is not in sight', () => {
  const stuck = { id: 'stuck', law: { ...lawOf(SLOW), shift: 1e6 } }
  const { independent, dependent } = jointStatements([stuck, stuck], TODAY, null)
  expect([independent.arrival.kind, dependent.arrival.kind]).toEqual(['not_in_sight', 'not_in_sight'])
  expect(daysWithinTwoYears(jointArrival([stuck, stuck], 'independent'), 0.5)).toBe(730)
})

test('a residual at zero does not hold its system', () => {
  const parts = partsOf(systemForecast('loans', [named('gone', [reading(TODAY, 0)]), named('slow', SLOW)]))
  expect(parts.map(part => part.id)).toEqual(['slow'])
})

test('a service waits for every system, and the binding one is named', () => {
  const one = { id: 'one', forecast: systemForecast('one', [named('a', FAST)]) }
  const other = { id: 'other', forecast: systemForecast('other', [named('b', FAST), named('c', SLOW)]) }
  const gone = { id: 'gone', forecast: systemForecast('gone', [named('d', [reading(TODAY, 0)])]) }
  const parts = partsOf(serviceForecast([one, other, gone]))
  expect(parts.map(part => part.id)).toEqual(['one', 'other', 'other'])
  expect(bindingPart(parts)).toBe('other')
  expect(bindingPart([])).toBeNull()
  expect(serviceForecast([gone]).kind).toBe('done')
  const unknown = { id: 'unknown', forecast: systemForecast('unknown', []) }
  expect(serviceForecast([one, unknown])).toMatchObject({ kind: 'unknown', because: [{ system: 'unknown' }] })
})

test('the estate says what it adds up, what it holds still and what it leaves out', () => {
  const leak = [reading('2025-05-01', 5), reading(TODAY, 7, { reason: 'inflow' })]
  const residuals = [
    named('fast', FAST),
    named('bound', [reading(TODAY, 3000, { qualifier: 'at_least' })]),
    named('never', []),
    named('leak', leak),
    named('gone', [reading(TODAY, 0)]),
  ]
  const estate = estateForecast(residuals, TODAY, [0, 90])
  expect(estate).toMatchObject({ leftOut: ['never'], held: ['leak'], open: ['bound'] })
  expect(estate.points[0]).toMatchObject({ day: TODAY, low: 3307 })
  const [now, later] = estate.points
  expect(later!.day).toBe('2025-08-30')
  expect(later!.expected).toBeLessThan(now!.expected)
  expect(later!.low).toBeLessThan(later!.expected)
  expect(later!.high).toBeGreaterThan(later!.expected)
  expect(later!.low).toBe(7 + countAfter(lawOf(FAST), 90, 0.1) + countAfter(lawOf(residualBound), 90, 0.1))
})

const residualBound = [reading(TODAY, 3000, { qualifier: 'at_least' as const })]
