import { expect, test } from 'vitest'
import { hintsOf } from '../../../src/domain/shutdown/hints.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { listGroups } from '../../../src/domain/shutdown/rings.ts'
import { providersToBringBack, ringToBringBack } from '../../../src/domain/shutdown/rollback.ts'
import { chainFromStaying, findService } from '../../../src/domain/shutdown/service.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

test('a service that no source mentions is ready on paper, and is listed until its owner confirms', () => {
  const judgement = judge(estateOf({ services: [{ id: 'fax' }, { id: 'gone', state: 'off' }] }), TODAY)
  expect(findService(judgement, 'fax')).toMatchObject({ verdict: 'READY' })
  expect(hintsOf(judgement).withoutEvidence).toEqual(['fax'])
})

test('a service of two systems has the blockers of both', () => {
  const systems = [
    { id: 'orders', residual: 3 },
    { id: 'claims', residual: -1, residualZeroOn: '2026-10-01' },
  ]
  const judgement = judge(
    estateOf({ systems, services: [{ id: 'pay', systems: ['orders', 'claims'] }] }),
    TODAY,
  )
  expect(findService(judgement, 'pay')?.blockers.map(blocker => blocker.id)).toEqual([
    'residual:claims',
    'residual:orders',
  ])
})

test('one staying system makes a shared service stay', () => {
  const systems = [{ id: 'orders' }, { id: 'core', role: 'stay' as const, residual: null }]
  const judgement = judge(
    estateOf({ systems, services: [{ id: 'pay', systems: ['orders', 'core'] }] }),
    TODAY,
  )
  expect(findService(judgement, 'pay')).toMatchObject({ verdict: 'KEEP', earliest: 'never' })
  expect(findService(judgement, 'pay')?.blockers.map(blocker => blocker.id)).toEqual(['permanent'])
})

test('declared and never observed blocks, and may be withdrawn; observed and not declared may be declared', () => {
  const judgement = judge(
    estateOf({
      systems: [{ id: 'busy', residual: 5 }],
      services: [{ id: 'shop', systems: ['busy'] }, { id: 'ledger' }, { id: 'scanner' }, { id: 'both' }],
      edges: [
        { from: 'shop', to: 'ledger' },
        { from: 'scanner', to: 'ledger', declared: false, lastSeen: '2026-08-20' },
        { from: 'shop', to: 'both' },
        { from: 'shop', to: 'both', declared: false, lastSeen: '2026-08-20' },
      ],
    }),
    TODAY,
  )
  expect(findService(judgement, 'ledger')?.verdict).toBe('BLOCKED')
  expect(hintsOf(judgement)).toEqual({
    toWithdraw: [{ consumer: 'shop', provider: 'ledger' }],
    toDeclareOrWaive: [{ consumer: 'scanner', provider: 'ledger' }],
    withoutEvidence: [],
  })
})

test('a service switched on again is judged anew, and its providers come back first', () => {
  const off = { state: 'off' as const, offSince: '2026-06-01' }
  const landscape = estateOf({
    services: [
      { id: 'shop', ...off },
      { id: 'pay', ...off },
      { id: 'db', ...off },
      { id: 'bus', ...off },
      { id: 'on' },
    ],
    edges: [
      { from: 'shop', to: 'pay' },
      { from: 'pay', to: 'db', declared: false, lastSeen: '2026-05-31' },
      { from: 'shop', to: 'db' },
      { from: 'bus', to: 'pay', needs: 'to' },
      { from: 'shop', to: 'on' },
      { from: 'shop', to: 'logs', strength: 'soft' },
    ],
  })
  expect(providersToBringBack(landscape, 'shop')).toEqual([['bus'], ['db'], ['pay']])
  expect(providersToBringBack(landscape, 'on')).toEqual([])
})

test('a ring comes back as one group, after all that any of it needs', () => {
  const off = { state: 'off' as const, offSince: '2026-06-01' }
  const landscape = estateOf({
    services: ['console', 'match', 'diff', 'file', 'db', 'idle'].map(id => ({ id, ...off })),
    edges: [
      { from: 'console', to: 'match' },
      { from: 'match', to: 'diff' },
      { from: 'diff', to: 'match' },
      { from: 'match', to: 'file' },
      { from: 'diff', to: 'db' },
      { from: 'file', to: 'db' },
      { from: 'idle', to: 'console' },
    ],
  })
  expect(providersToBringBack(landscape, 'console')).toEqual([['db'], ['file'], ['diff', 'match']])
  expect(providersToBringBack(landscape, 'match')).toEqual([['db'], ['file'], ['diff']])
  expect(ringToBringBack(landscape, 'match')).toEqual(['diff'])
  expect(ringToBringBack(landscape, 'console')).toEqual([])
})

test('a ring with somebody who stays is shown with the one edge that breaks it', () => {
  const judgement = judge(
    estateOf({
      services: [
        { id: 'core', role: 'stay' },
        { id: 'a' },
        { id: 'b' },
        { id: 'x' },
        { id: 'y' },
        { id: 'z' },
      ],
      edges: [
        { from: 'core', to: 'a' },
        { from: 'a', to: 'b' },
        { from: 'b', to: 'core' },
        { from: 'a', to: 'core' },
        { from: 'x', to: 'y', needs: 'both' },
        { from: 'y', to: 'z', needs: 'both' },
      ],
    }),
    TODAY,
  )
  const [held, free] = listGroups(judgement)
  const only = (consumer: string, provider: string) => ({
    breakingEdge: { consumer, provider },
    isOneOfSeveral: false,
  })
  expect(held).toMatchObject({ staying: ['core'], ...only('core', 'a') })
  expect(free).toMatchObject({ members: ['x', 'y', 'z'], staying: [], breakingEdge: null })
  expect(free?.edges).toHaveLength(4)
  expect(chainFromStaying(judgement, 'b')).toEqual(['core', 'a', 'b'])
  expect(chainFromStaying(judgement, 'x')).toBeNull()
  expect(chainFromStaying(judgement, 'no such')).toBeNull()
})

test('a ring of one use that ties both ends has no other call that would do', () => {
  const [x, y] = [{ id: 'x' }, { id: 'y' }]
  const ringOf = (...edges: { from: string; to: string; needs?: 'to' | 'both' }[]) =>
    listGroups(judge(estateOf({ services: [x, y], edges }), TODAY))[0]!.isOneOfSeveral
  const there = { from: 'x', to: 'y' }
  expect(ringOf({ ...there, needs: 'both' })).toBe(false)
  expect(ringOf(there, { ...there, needs: 'to' })).toBe(false)
  expect(ringOf(there, { from: 'y', to: 'x' })).toBe(true)
})

test('a line of 30,000 services and a ring of 10,000 are ordinary', () => {
  const services = Array.from({ length: 40_000 }, (_, at) => ({ id: `s${String(at).padStart(5, '0')}` }))
  const edges = services.map(({ id }, at) => ({
    from: id,
    to: services[at === 39_999 ? 30_000 : at + 1]!.id,
  }))
  const judgement = judge(estateOf({ services, edges }), TODAY)
  expect(findService(judgement, 's29999')?.wave).toBe(30_000)
  const ring = findService(judgement, 's35000')
  expect(ring?.wave).toBe(30_001)
  expect(ring?.group).toHaveLength(10_000)
  expect(listGroups(judgement)[0]).toMatchObject({
    breakingEdge: { consumer: 's30000', provider: 's30001' },
    isOneOfSeveral: true,
  })
})
