import { expect, test } from 'vitest'
import { hintsOf } from '../../../src/domain/shutdown/hints.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { listGroups } from '../../../src/domain/shutdown/rings.ts'
import { providersToBringBack } from '../../../src/domain/shutdown/rollback.ts'
import { chainFromStaying, findService, listServices } from '../../../src/domain/shutdown/service.ts'
import { listConsumers, listProviders } from '../../../src/domain/shutdown/uses-of-service.ts'
import { answerOf } from '../../support/answers.ts'
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
  expect(providersToBringBack(landscape, 'shop')).toEqual(['db', 'bus', 'pay'])
  expect(providersToBringBack(landscape, 'on')).toEqual([])
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
  expect(held).toMatchObject({ staying: ['core'], breakingEdge: { consumer: 'core', provider: 'a' } })
  expect(free).toMatchObject({ members: ['x', 'y', 'z'], staying: [], breakingEdge: null })
  expect(free?.edges).toHaveLength(4)
  expect(chainFromStaying(judgement, 'b')).toEqual(['core', 'a', 'b'])
  expect(chainFromStaying(judgement, 'x')).toBeNull()
  expect(chainFromStaying(judgement, 'no such')).toBeNull()
})

test('what an off consumer still calls fades; calls after it went off are a ghost', () => {
  const landscape = estateOf({
    services: [{ id: 'old', state: 'off', offSince: '2026-08-01' }, { id: 'p' }, { id: 'q' }, { id: 'r' }],
    edges: [
      { from: 'old', to: 'p', lastSeen: '2026-08-01' },
      { from: 'old', to: 'q', lastSeen: '2026-08-02' },
      { from: 'old', to: 'r', lastSeen: '2026-07-23' },
      { from: 'p', to: 'old' },
    ],
  })
  const { blockers, warnings, services } = answerOf(landscape, TODAY)
  expect(blockers).toEqual({
    'ghost:old>q': { date: 'unknown', services: ['q'] },
    'traffic:old>p': { date: '2026-08-31', services: ['p'] },
  })
  expect(services.old).toEqual({ verdict: 'OFF' })
  expect(warnings).toEqual(['off-provider:p>old'])
})

test('what is not known blocks with its own reason', () => {
  const landscape = estateOf({
    services: [
      { id: 's', role: null },
      { id: 't', systems: ['X'], gates: [{ id: 'data', state: 'unknown', closesOn: null }] },
    ],
    edges: [
      { from: 'nobody', to: 't' },
      { from: 't', to: 'nowhere' },
    ],
    externals: [
      { name: 'bank', to: 'nowhere' },
      { name: 'bank', to: 's', needs: 'to' },
    ],
  })
  const { blockers, warnings } = answerOf(landscape, TODAY)
  expect(Object.keys(blockers as object)).toEqual([
    'sgate:t/data',
    'unknown-consumer:nobody',
    'unknown-role:s',
    'unknown-system:X',
  ])
  expect(warnings).toEqual(['unknown-provider:bank>nowhere', 'unknown-provider:t>nowhere'])
})

test('a blocker that should be over says since when', () => {
  const systems = [{ id: 'busy', residual: 5, residualZeroOn: '2026-08-01' }]
  const [service] = listServices(
    judge(estateOf({ systems, services: [{ id: 'a', systems: ['busy'] }] }), TODAY),
  )
  expect(service?.own).toEqual([
    {
      id: 'residual:busy',
      kind: 'residual',
      owner: { kind: 'system', system: 'busy' },
      date: 'unknown',
      overdueSince: '2026-08-01',
    },
  ])
})

test('every reported use of a service is listed with what it is worth and why', () => {
  const judgement = judge(
    estateOf({
      services: [{ id: 'a' }, { id: 'b' }, { id: 'gone', state: 'off' }],
      edges: [
        { from: 'a', to: 'b', declared: false, lastSeen: '2026-08-01' },
        { from: 'gone', to: 'b', waived: true },
        { from: 'x', to: 'b', strength: 'soft' },
        { from: 'b', to: 'b' },
      ],
      externals: [{ name: 'bank', to: 'b', declared: false, lastSeen: '2026-01-01' }],
    }),
    TODAY,
  )
  const lines = listConsumers(judgement, 'b').map(use => [
    use.consumer,
    use.standing,
    use.consumerState,
    use.quietOn,
  ])
  expect(lines).toEqual([
    ['a', 'live', 'on', '2026-08-31'],
    ['gone', 'waived', 'off', null],
    ['x', 'soft', 'unknown', null],
    ['b', 'self', 'on', null],
    ['bank', 'quiet', 'external', '2026-01-31'],
  ])
  expect(listProviders(judgement, 'a').map(use => use.provider)).toEqual(['b'])
  expect(findService(judgement, 'no such')).toBeNull()
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
  expect(listGroups(judgement)[0]?.breakingEdge).toEqual({ consumer: 's30000', provider: 's30001' })
})
