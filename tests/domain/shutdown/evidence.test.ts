import { expect, test } from 'vitest'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { findService, listServices } from '../../../src/domain/shutdown/service.ts'
import { listConsumers, listProviders } from '../../../src/domain/shutdown/uses-of-service.ts'
import { answerOf } from '../../support/answers.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

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

test('a call by what is off holds until its quiet days are over, and nothing after that, whatever was declared', () => {
  const called = (lastSeen: string, more: object = {}) => {
    const landscape = estateOf({
      services: [{ id: 'old', state: 'off', offSince: '2026-06-01' }, { id: 'p' }],
      edges: [{ from: 'old', to: 'p', lastSeen, ...more }],
    })
    return answerOf(landscape, TODAY).services.p!.verdict
  }
  expect(called('2026-07-24')).toBe('BLOCKED')
  expect(called('2026-07-23')).toBe('READY')
  expect(called('2026-07-23', { declared: true })).toBe('READY')
  expect(called('2026-07-23', { quietDays: 31 })).toBe('BLOCKED')
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
