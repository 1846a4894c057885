import { expect, test } from 'vitest'
import { rankBlockers } from '../../../src/domain/shutdown/acceleration.ts'
import { bestSets } from '../../../src/domain/shutdown/best.ts'
import { findBinding } from '../../../src/domain/shutdown/binding.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { unlock } from '../../../src/domain/shutdown/unlock.ts'
import { whatIf } from '../../../src/domain/shutdown/what-if.ts'
import { answerOf } from '../../support/answers.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'
import { ALL_KNOWN } from '../../support/known-costs.ts'

const NO_CHANGE = { resolve: [], systems: [], dropEdges: [], off: [] }

/** Two systems hold the dear ledger together, each alone frees nothing; a third frees something small. */
const PAIR = estateOf({
  systems: [
    { id: 'orders', residual: 5, residualZeroOn: '2027-08-22' },
    { id: 'claims', residual: 5, residualZeroOn: '2026-10-22' },
    { id: 'reports', residual: 1, residualZeroOn: '2026-09-22' },
  ],
  services: [
    { id: 'ledger', systems: ['orders', 'claims'], cost: 1000 },
    { id: 'printer', systems: ['reports'], cost: 10 },
  ],
})

test('the best pair frees what no single blocker does', () => {
  const judgement = judge(PAIR, TODAY)
  expect(bestSets(judgement, 2)).toEqual([
    { size: 1, blockers: ['residual:reports'], cost: 10, services: 1, isProven: true },
    { size: 2, blockers: ['residual:claims', 'residual:orders'], cost: 1000, services: 1, isProven: true },
  ])
  expect(unlock(judgement, ['residual:orders', 'no such'])).toEqual({ services: [], cost: 0 })
})

test('a search that is stopped says that its answer is not proven', () => {
  expect(bestSets(judge(PAIR, TODAY), 2, 3).map(choice => choice.isProven)).toEqual([true, false])
})

test('blockers rank by the money that ending them today brings forward', () => {
  const { numbers, tell } = rankBlockers(judge(PAIR, TODAY), ALL_KNOWN)
  expect(
    numbers.map(tell).map(blocker => [blocker.id, blocker.servicesMoved, Math.round(blocker.acceleration)]),
  ).toEqual([
    ['residual:orders', 1, 9988],
    ['residual:reports', 1, 10],
    ['residual:claims', 0, 0],
  ])
})

test('the horizon is the latest date that anything has, so nobody goes earlier by learning that one', () => {
  const gates = [{ id: 'audit', state: 'open' as const, closesOn: '2028-09-01' }]
  const systems = [{ id: 'busy', residual: 1, gates }]
  const services = ['a', 'b'].map(id => ({ id, systems: ['busy'], cost: 100 }))
  const ranked = (edges: object[]) =>
    rankBlockers(judge(estateOf({ systems, services, edges: edges as [] }), TODAY), ALL_KNOWN)
  const { numbers, tell, horizon } = ranked([])
  const nothing = { acceleration: 0, servicesMoved: 0 }
  expect([horizon, ...numbers.map(tell)]).toMatchObject(['2028-09-01', nothing, nothing])
  expect(ranked([{ from: 'a', to: 'b', until: '2029-01-01' }]).horizon).toBe('2029-01-01')
})

test('an unknown date counts as a year away', () => {
  const systems = [{ id: 'busy', residual: 1 }]
  const { numbers, tell } = rankBlockers(
    judge(estateOf({ systems, services: [{ id: 'a', systems: ['busy'], cost: 100 }] }), TODAY),
    ALL_KNOWN,
  )
  expect(tell(numbers[0]!).acceleration).toBeCloseTo(1199.18, 2)
})

test('the binding blocker says what it gains at most, and what decides then', () => {
  expect(findBinding(judge(PAIR, TODAY), 'ledger')).toMatchObject({
    decider: { kind: 'blocker', service: 'ledger', blocker: { id: 'residual:orders' }, date: '2027-08-22' },
    gainDays: 304,
    earliestThen: '2026-10-22',
    next: { kind: 'blocker', blocker: { id: 'residual:claims' } },
  })
})

test('a planned re-pointing can be what decides', () => {
  const landscape = estateOf({
    systems: [{ id: 'late', residual: 1, residualZeroOn: '2027-03-01' }],
    services: [
      { id: 'core', role: 'stay' },
      { id: 'late', systems: ['late'] },
      { id: 'p' },
      { id: 'q' },
      { id: 'free' },
    ],
    edges: [
      { from: 'core', to: 'p', until: '2026-12-01' },
      { from: 'late', to: 'p', until: '2026-11-11' },
      { from: 'p', to: 'q' },
      { from: 'free', to: 'q' },
    ],
  })
  const judgement = judge(landscape, TODAY)
  expect(findBinding(judgement, 'q')).toEqual({
    decider: { kind: 'repointing', consumer: 'core', provider: 'p', date: '2026-12-01' },
    plannedNowBy: { kind: 'repointing', consumer: 'core', provider: 'p', date: '2026-12-01' },
    ring: [],
    gainDays: 20,
    earliestThen: '2026-11-11',
    plannedThen: '2026-11-11',
    plannedGainDays: 20,
    plannedBy: { kind: 'repointing', consumer: 'late', provider: 'p', date: '2026-11-11' },
    goesAfter: 'p',
    next: { kind: 'repointing', consumer: 'late', provider: 'p', date: '2026-11-11' },
    soaking: null,
  })
  expect(findBinding(judgement, 'core')).toMatchObject({ gainDays: null, earliestThen: 'never' })
  expect(findBinding(judgement, 'free')).toBeNull()
  expect(findBinding(judgement, 'no such')).toBeNull()
})

test('a binding blocker without a successor frees the service', () => {
  const systems = [{ id: 'busy', residual: 1 }]
  const judgement = judge(estateOf({ systems, services: [{ id: 'a', systems: ['busy'] }] }), TODAY)
  expect(findBinding(judgement, 'a')).toMatchObject({ gainDays: null, earliestThen: TODAY, next: null })
})

test('of two blockers with the same date, known or not, the other one decides once the first has ended', () => {
  for (const closesOn of ['2026-12-01', null]) {
    const gates = ['audit', 'sign-off'].map(id => ({ id, state: 'open' as const, closesOn }))
    const { decider, next } = findBinding(judge(estateOf({ services: [{ id: 'a', gates }] }), TODAY), 'a')!
    expect(decider).toMatchObject({ blocker: { id: 'sgate:a/audit' } })
    expect(next).toMatchObject({ blocker: { id: 'sgate:a/sign-off' } })
  }
})

test('a residual at zero closes no gate', () => {
  const gates = [{ id: 'approval', state: 'open' as const, closesOn: null }]
  const systems = [{ id: 'busy', residual: 1, gates }]
  const judgement = judge(estateOf({ systems, services: [{ id: 'a', systems: ['busy'], cost: 7 }] }), TODAY)
  expect(whatIf(judgement, { ...NO_CHANGE, resolve: ['residual:busy'] })).toMatchObject({ services: [] })
  expect(whatIf(judgement, { ...NO_CHANGE, systems: ['busy'] })).toMatchObject({
    services: ['a'],
    cost: 7,
    lost: [],
  })
})

test('switching a caller off today loses the provider until its calls have faded', () => {
  const landscape = estateOf({
    services: [{ id: 'caller' }, { id: 'provider' }],
    edges: [{ from: 'caller', to: 'provider', lastSeen: '2026-08-20' }],
  })
  const outcome = whatIf(judge(landscape, TODAY), { ...NO_CHANGE, off: ['caller'] })
  expect(outcome).toMatchObject({ services: [], cost: 0, lost: ['provider'] })
  expect(outcome.after.holds.blockers[0]).toMatchObject({ id: 'traffic:caller>provider', date: '2026-09-19' })
})

test('a re-pointing is understood by the names of the frontier', () => {
  const landscape = estateOf({
    services: [{ id: 'core', role: 'stay' }, { id: 'queue' }],
    edges: [{ from: 'queue', to: 'core', needs: 'to' }],
  })
  expect(answerOf(landscape, TODAY).frontier).toEqual([['core', 'queue']])
  const outcome = whatIf(judge(landscape, TODAY), { ...NO_CHANGE, dropEdges: [['core', 'queue']] })
  expect(outcome.services).toEqual(['queue'])
})

test('quiet days lie between waves, and a plan beyond the calendar is unknown', () => {
  const services = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const edges = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
  ]
  const planned = (soakDays: number) => {
    const answer = answerOf(estateOf({ services, edges, soakDays }), TODAY)
    return ['a', 'b', 'c'].map(id => answer.services[id]?.planned)
  }
  expect(planned(7)).toEqual([TODAY, '2026-08-29', '2026-09-05'])
  expect(planned(2_000_000)).toEqual([TODAY, '7502-06-16', 'unknown'])
})

test('an answer says when its best choice is not proven, and keeps the order of odd ids', () => {
  const ids = ['10', '9', '__proto__', '\uff41', '\u{1f480}', 'a', 'a\u200b']
  const answer = answerOf(estateOf({ services: ids.map(id => ({ id })) }), TODAY, { whatIf: [], bestK: 1 })
  expect(answer.waves).toEqual([['10', '9', '__proto__', 'a', 'a\u200b', '\uff41', '\u{1f480}']])
  expect(Object.keys(answer.services)).toContain('__proto__')
  expect(answer.best).toEqual({ 1: { cost: 0, services: 0 } })
})

test('among a hundred systems the dearest are picked, in money with cents too', () => {
  const names = Array.from({ length: 100 }, (_, at) => `system-${at}`)
  const judgement = judge(
    estateOf({
      systems: names.map(id => ({ id, residual: 1, residualZeroOn: '2029-01-01' })),
      services: names.map((id, at) => ({ id: `of-${id}`, systems: [id], cost: at + 0.5 })),
    }),
    TODAY,
  )
  expect(bestSets(judgement, 2)[1]).toMatchObject({ cost: 198, services: 2, isProven: true })
  const { numbers, tell } = rankBlockers(judgement, ALL_KNOWN)
  expect(tell(numbers[0]!).id).toBe('residual:system-99')
})
