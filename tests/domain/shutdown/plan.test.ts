import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../../src/domain/calendar.ts'
import type { Landscape } from '../../../src/domain/landscape.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { comparePlan, type Fact } from '../../../src/domain/shutdown/plan.ts'
import { estateOf } from '../../support/estate-of.ts'
import { anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'

const anyPair = fc.tuple(anyLandscape, anyLandscape, fc.nat(40))
const factsOf = (kept: Landscape, now: Landscape, days = 0) =>
  comparePlan(kept, TODAY, judge(now, addDays(TODAY, days))).rows

describe('a kept plan against what became of it', () => {
  test('what each step did adds up to the whole, exactly', () =>
    fc.assert(
      fc.property(anyPair, ([kept, now, days]) => {
        for (const { planned, fact } of factsOf(kept, now, days)) {
          if (fact.kind === 'gone' || (fact.kind === 'off' && fact.since === null)) continue
          const dates = [planned, ...fact.parts.map(({ to }) => to)]
          expect(fact.parts.map(({ from }) => from)).toEqual(dates.slice(0, -1))
          expect(dates.at(-1)).toBe(fact.kind === 'on' ? fact.plannedNow : fact.since)
          if (fact.days !== null)
            expect(fact.parts.reduce((sum, part) => sum + part.days!, 0)).toBe(fact.days)
        }
      }),
      { numRuns: RUNS },
    ))

  test('nothing has moved where nothing has changed', () =>
    fc.assert(
      fc.property(anyLandscape, landscape => {
        for (const { planned, fact } of factsOf(landscape, structuredClone(landscape)))
          expect(fact).toMatchObject({ kind: 'on', plannedNow: planned, parts: [] })
      }),
      { numRuns: RUNS / 4 },
    ))

  const systems = [{ id: 'old', residual: 40, residualZeroOn: '2026-10-01' }]
  const services = [{ id: 'till', systems: ['old'] }, { id: 'ledger' }]
  const edges = [{ from: 'till', to: 'ledger' }]
  const kept = estateOf({ systems, services, edges, soakDays: 7 })

  test('a day that the soak of a free consumer sets names that one, also behind a gate that closes sooner', () => {
    const gates = [{ id: 'audit', state: 'open' as const, closesOn: '2026-08-25' }]
    const chain = estateOf({
      services: [{ id: 'till' }, { id: 'ledger', gates }, { id: 'vault' }],
      edges: [...edges, { from: 'ledger', to: 'vault' }],
      soakDays: 14,
    })
    const decidersOf = factsOf(chain, chain).map(({ fact }) => fact.kind === 'on' && fact.decider)
    expect(decidersOf).toEqual([
      null,
      { kind: 'consumer', consumer: 'till', provider: 'ledger', date: TODAY },
      { kind: 'consumer', consumer: 'ledger', provider: 'vault', date: '2026-09-05' },
    ])
  })

  test('a slower drain, a longer soak and a gate each have their own days and their own name', () => {
    const now = estateOf({
      systems: [
        {
          id: 'old',
          residual: 30,
          residualZeroOn: '2026-11-01',
          gates: [{ id: 'audit', state: 'open', closesOn: '2026-10-11' }],
        },
      ],
      services,
      edges,
      soakDays: 14,
    })
    expect(factOf('ledger', now)).toMatchObject({
      days: 38,
      parts: [
        { steps: ['settings'], days: 7, decider: { blocker: { id: 'residual:old' } } },
        { steps: ['gates'], days: 10, decider: { blocker: { id: 'gate:old/audit' } } },
        { steps: ['residuals'], days: 21, decider: { blocker: { id: 'residual:old' }, service: 'till' } },
      ],
    })
  })

  test('a new use whose end nobody knows makes the day unknown, in words and not in days', () => {
    const now = estateOf({
      systems,
      services,
      edges,
      externals: [{ name: 'bank', to: 'ledger' }],
      soakDays: 7,
    })
    expect(factOf('ledger', now)).toMatchObject({
      plannedNow: 'unknown',
      days: null,
      parts: [{ steps: ['uses'], to: 'unknown', days: null, decider: { blocker: { id: 'external:bank' } } }],
    })
  })

  test('what went before its day is early; what is free and was not switched off moves with the day', () => {
    const later = addDays(TODAY, 10)
    const off = { id: 'till', systems: ['old'], state: 'off' as const, offSince: later }
    const now = estateOf({ systems, services: [off, { id: 'ledger' }], edges, soakDays: 7 })
    const rows = comparePlan(kept, TODAY, judge(now, addDays(TODAY, 12))).rows
    expect(rows).toMatchObject([
      { service: 'till', planned: '2026-10-01', fact: { kind: 'off', since: later, days: -30 } },
      {
        service: 'ledger',
        planned: '2026-10-08',
        fact: {
          plannedNow: '2026-09-03',
          parts: [
            { steps: ['services'], days: -47 },
            { steps: ['time'], days: 12, decider: null },
          ],
        },
      },
    ])
  })

  test('what went says what moved its day until then', () => {
    const held = { systems, services, edges, externals: [{ name: 'bank', to: 'till', until: '2026-12-01' }] }
    const off = { id: 'till', systems: ['old'], state: 'off' as const, offSince: addDays(TODAY, 2) }
    const now = estateOf({
      ...held,
      services: [off, { id: 'ledger' }],
      externals: [],
      systems: [{ id: 'old' }],
    })
    const [, till] = comparePlan(estateOf(held), TODAY, judge(now, addDays(TODAY, 3))).rows
    expect(till).toMatchObject({
      planned: '2026-12-01',
      fact: {
        parts: [
          { steps: ['uses'], to: '2026-10-01', decider: { blocker: { id: 'external:bank' } } },
          { steps: ['residuals'], to: TODAY, decider: { blocker: { id: 'residual:old' } } },
          { steps: ['off'], to: off.offSince, days: 2, decider: null },
        ],
      },
    })
  })

  test('a use that went quiet is named where what it passed on still stands', () => {
    const seen = estateOf({
      systems,
      services,
      edges: [{ from: 'till', to: 'ledger', declared: false, lastSeen: TODAY }],
    })
    const [ledger] = comparePlan(seen, TODAY, judge(seen, addDays(TODAY, 30))).rows
    expect(ledger).toMatchObject({
      service: 'ledger',
      fact: {
        plannedNow: addDays(TODAY, 30),
        parts: [
          {
            ...{ steps: ['time'], direction: 'earlier', decider: { blocker: { id: 'residual:old' } } },
            lost: { consumer: 'till', provider: 'ledger' },
          },
        ],
      },
    })
  })

  function factOf(service: string, now: Landscape): Fact {
    return factsOf(kept, now).find(row => row.service === service)!.fact
  }
})
