import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, type Day } from '../../../src/domain/calendar.ts'
import type { Edge } from '../../../src/domain/landscape.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { findService } from '../../../src/domain/shutdown/service.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

/** Where a simple idea goes wrong; what shared systems, silence, rings and rollbacks do stands in the hard cases. */

type Use = Partial<Edge> & { from: string; to: string }

/** shop waits for the orders of its system and uses ledger as the sources have told. */
const estate = (edges: Use[], shop: object = {}) =>
  estateOf({
    systems: [{ id: 'orders', residual: 5, residualZeroOn: '2026-12-01' }],
    services: [{ id: 'shop', systems: ['orders'], ...shop }, { id: 'ledger' }],
    edges,
  })
const verdictOf = (edges: Use[], day: Day = TODAY) =>
  findService(judge(estate(edges), day), 'ledger')?.verdict
const seen = (lastSeen: Day, more: object = {}): Use => ({
  from: 'shop',
  to: 'ledger',
  declared: false,
  lastSeen,
  ...more,
})

test('what was observed and never declared blocks for its quiet days, the last of them included', () => {
  expect(verdictOf([seen('2026-08-01')], '2026-08-30')).toBe('BLOCKED')
  expect(verdictOf([seen('2026-08-01')], '2026-08-31')).toBe('READY')
  expect(verdictOf([seen('2026-08-01', { quietDays: 400 })], '2026-08-31')).toBe('BLOCKED')
})

test('what the next import does not mention stays as it was told: absence never frees', () => {
  const declared: Use = { from: 'shop', to: 'ledger', lastSeen: '2020-01-01' }
  const others = [seen('2026-08-20', { from: 'ledger', to: 'shop', strength: 'soft' })]
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), fc.subarray(others), (days, told) => {
      expect(verdictOf([declared, ...told], addDays(TODAY, days))).toBe('BLOCKED')
    }),
  )
  // A source that is silent about a pair takes nothing from what another one tells.
  expect(verdictOf([seen('2020-01-01'), seen('2026-08-20')])).toBe('BLOCKED')
  // Only its own quiet period ends what was seen, whoever reports what meanwhile.
  expect(verdictOf([seen('2026-08-20')], '2026-09-18')).toBe('BLOCKED')
})

test('a name that looks alike is another one: the analysis never guesses', () => {
  const judgement = judge(estate([{ from: 'Shop', to: 'ledger' }]), TODAY)
  expect(findService(judgement, 'ledger')?.blockers.map(({ id }) => id)).toEqual(['unknown-consumer:Shop'])
})

test('a service on trial or scaled to zero is still on: its uses hold as before', () => {
  const use: Use = { from: 'shop', to: 'ledger' }
  const running = findService(judge(estate([use], { systems: [] }), TODAY), 'ledger')
  expect(running).toMatchObject({ verdict: 'FREE', wave: 2 })
  const off = findService(judge(estate([use], { state: 'off', offSince: '2026-08-01' }), TODAY), 'ledger')
  expect(off?.verdict).toBe('READY')
})

test('consumers that go one after the other move no date: the last one decides, as if all were there', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  const after = (gone: number) => {
    const services = names.map((id, at) => ({
      id,
      systems: ['orders'],
      ...(at < gone ? { state: 'off' as const, offSince: addDays(TODAY, -200 + at) } : {}),
    }))
    const landscape = estateOf({
      systems: [{ id: 'orders', residual: 5, residualZeroOn: '2026-12-01' }],
      services: [...services, { id: 'ledger' }],
      edges: names.map(from => ({ from, to: 'ledger' })),
    })
    return findService(judge(landscape, TODAY), 'ledger')
  }
  for (const gone of [0, 1, 2, 3, 4])
    expect(after(gone)).toMatchObject({ verdict: 'BLOCKED', earliest: '2026-12-01' })
  expect(after(5)).toMatchObject({ verdict: 'READY', earliest: TODAY })
})
