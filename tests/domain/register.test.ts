import { expect, test } from 'vitest'
import {
  NO_CONSUMERS_GATE,
  type Register,
  type RegisteredService,
  type RegisteredSystem,
  type RegisteredUse,
  toLandscape,
} from '../../src/domain/register.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'
import { findService } from '../../src/domain/shutdown/service.ts'
import { STATUSES, type Status } from '../../src/domain/vocabulary.ts'
import { CONFIRMED, DECLARED } from '../support/registered.ts'

const TODAY = '2026-03-31'
const EMPTY = { total: 0, residuals: 1, uncounted: 0, unsettled: 0 }
const system = (status: Status, more: Partial<RegisteredSystem> = {}): RegisteredSystem => ({
  key: 'old',
  role: 'legacy',
  status,
  residualZeroOn: null,
  gates: [],
  ...EMPTY,
  ...more,
})
const service = (key: string, more: Partial<RegisteredService> = {}): RegisteredService => ({
  key,
  state: 'on',
  offSince: null,
  role: 'legacy',
  systems: ['old'],
  costs: [],
  gates: [],
  usedOn: null,
  ...more,
})
const register = (more: Partial<Register>): Register => ({
  systems: [system('draining')],
  services: [service('cashier')],
  dependencies: [],
  externals: [],
  ...more,
})
const landscape = (more: Partial<Register>) =>
  toLandscape(register(more), TODAY, { quietDays: 30, soakDays: 7 })
const blockersOf = (more: Partial<Register>, id = 'cashier') =>
  findService(judge(landscape(more), TODAY), id)?.blockers.map(blocker => blocker.id)

test('costs are numbers of the currency in which the most services have one, and others are no part of them', () => {
  const money = (fen: number, currency: string) => ({ fen, currency })
  const services = [
    service('a', { costs: [money(100, 'EUR'), money(700, 'USD')] }),
    service('b', { costs: [money(9000, 'CNY')] }),
    service('c', { costs: [money(50, 'USD')] }),
  ]
  expect(landscape({ services }).services.map(({ cost }) => cost)).toEqual([700, 0, 50])
  expect(landscape({ services }).services[0]).not.toHaveProperty('costs')
})

test('a service that no source has ever told of waits until somebody confirms that nobody calls it', () => {
  expect(blockersOf({})).toEqual([`sgate:cashier/${NO_CONSUMERS_GATE}`])
  expect(blockersOf({ services: [service('cashier', { gates: [CONFIRMED] })] })).toEqual([])
  const reopened = { ...CONFIRMED, state: 'open' } as const
  expect(blockersOf({ services: [service('cashier', { gates: [reopened] })] })).toEqual([
    'sgate:cashier/no-consumers',
  ])
  const withdrawn = { ...CONFIRMED, withdrawnOn: '2026-02-01' }
  expect(blockersOf({ services: [service('cashier', { gates: [withdrawn] })] })).toEqual([
    `sgate:cashier/${NO_CONSUMERS_GATE}`,
  ])
})

test('a use declared or seen after that confirmation contradicts it, also once it was withdrawn', () => {
  const confirmed = (usedOn: string | null, more = {}) =>
    blockersOf({ services: [service('cashier', { gates: [{ ...CONFIRMED, ...more }], usedOn })] })
  expect(confirmed('2026-02-11')).toEqual(['sgate:cashier/no-consumers'])
  expect(confirmed('2026-02-10')).toEqual([])
  expect(confirmed('2020-01-01', { closedOn: null })).toEqual(['sgate:cashier/no-consumers'])
  expect(confirmed('2026-02-11', { kind: 'approval' })).toEqual([`sgate:cashier/${NO_CONSUMERS_GATE}`])
})

test('a use from any source, on either side, takes that gate away, also one that has fallen quiet', () => {
  const services = [service('cashier'), service('ledger')]
  const dependencies = [{ ...DECLARED, consumer: 'cashier', provider: 'ledger' }]
  expect(blockersOf({ services, dependencies })).toEqual([])
  const bank = { ...DECLARED, name: 'bank', provider: 'cashier' }
  for (const more of [{ declaredOn: null, lastSeenOn: '2020-01-01' }, { waivedOn: TODAY }])
    expect(blockersOf({ externals: [{ ...bank, ...more }] })).toEqual([])
})

test('a soft use leaves it', () => {
  const soft = { ...DECLARED, strength: 'soft' as const }
  const asked = [`sgate:cashier/${NO_CONSUMERS_GATE}`]
  expect(blockersOf({ externals: [{ ...soft, name: 'bank', provider: 'cashier' }] })).toEqual(asked)
  expect(blockersOf({ dependencies: [{ ...soft, consumer: 'cashier', provider: 'ledger' }] })).toEqual(asked)
})

test.each(STATUSES)('what %s means for the services of a system that is empty', status => {
  const expected: Record<Status, string[]> = {
    migrating: ['gate:old/migrating'],
    cutover_pending: ['gate:old/cutover_pending'],
    on_hold: ['gate:old/on_hold'],
    draining: [],
    retired: [],
    cancelled: ['permanent'],
  }
  const services = [service('cashier', { gates: [CONFIRMED] })]
  expect(blockersOf({ systems: [system(status)], services })).toEqual(expected[status])
})

test('an uncounted residual blocks as any open order does', () => {
  const systems = [system('draining', { residuals: 2, uncounted: 1, unsettled: 1 })]
  expect(blockersOf({ systems, services: [service('cashier', { gates: [CONFIRMED] })] })).toEqual([
    'residual:old',
  ])
})

test('a use is live while declared or fresh, until its waiver ends', () => {
  const edge = (more: Partial<RegisteredUse>) =>
    landscape({ dependencies: [{ ...DECLARED, ...more, consumer: 'cashier', provider: 'ledger' }] }).edges[0]
  expect(edge({})).toMatchObject({ declared: true, waived: false, from: 'cashier', to: 'ledger' })
  expect(edge({ declaredOn: null, lastSeenOn: '2026-03-30' })).toMatchObject({
    declared: false,
    lastSeen: '2026-03-30',
  })
  expect(edge({ waivedOn: '2026-01-01', waivedUntil: '2026-04-01' })?.waived).toBe(true)
  expect(edge({ waivedOn: '2026-01-01', waivedUntil: TODAY })?.waived).toBe(false)
  expect(edge({ waivedOn: '2026-01-01' })?.waived).toBe(true)
})

test('the periods of the configuration reach the analysis', () => {
  expect(landscape({})).toMatchObject({ quietDays: 30, soakDays: 7 })
})

test('an outside consumer holds what it uses', () => {
  const externals = [{ ...DECLARED, name: 'bank', provider: 'cashier' }]
  expect(blockersOf({ externals })).toEqual(['external:bank'])
})

test('only a gate of that kind answers the question of consumers, and nobody asks it of what stays', () => {
  const approval = { ...CONFIRMED, key: 'approval', kind: 'approval' } as const
  expect(blockersOf({ services: [service('cashier', { gates: [approval] })] })).toEqual([
    `sgate:cashier/${NO_CONSUMERS_GATE}`,
  ])
  expect(landscape({ services: [service('cashier', { role: 'stay' })] }).services[0]?.gates).toEqual([])
})

test('the gates that the register adds are open', () => {
  const { systems, services } = landscape({ systems: [system('migrating')] })
  expect([systems[0]?.gates, services[0]?.gates]).toEqual([
    [{ id: 'migrating', state: 'open', closesOn: null }],
    [{ id: NO_CONSUMERS_GATE, state: 'open', closesOn: null }],
  ])
})
