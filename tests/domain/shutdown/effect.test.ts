import { expect, test } from 'vitest'
import { effectOf } from '../../../src/domain/shutdown/effect.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { estateOf } from '../../support/estate-of.ts'

const DAY = '2026-03-31'
const withResidual = (residual: number) =>
  estateOf({
    systems: [{ id: 'old', residual }],
    services: ['cashier', 'ledger'].map(id => ({ id, systems: ['old'] })),
    edges: [{ from: 'cashier', to: 'ledger' }],
  })

test('the last order gone frees the consumer now and its provider after it', () => {
  expect(effectOf(judge(withResidual(3), DAY), judge(withResidual(0), DAY))).toEqual({
    nowReady: ['cashier'],
    nowAfterOthers: [],
    noLongerReady: [],
    otherwise: [],
    nowFree: ['ledger'],
    blockersGone: ['residual:old'],
    blockersNew: [],
  })
})

test('orders that come back take it all away again', () => {
  const effect = effectOf(judge(withResidual(0), DAY), judge(withResidual(1), DAY))
  expect(effect).toMatchObject({ nowReady: [], noLongerReady: ['cashier'], blockersNew: ['residual:old'] })
})

test('a smaller count changes no answer', () => {
  const effect = effectOf(judge(withResidual(3), DAY), judge(withResidual(2), DAY))
  expect(Object.values(effect).flat()).toEqual([])
})

test('a consumer that comes back makes a ready service wait, which is said once', () => {
  const withTill = (state: 'on' | 'off') =>
    estateOf({
      services: [{ id: 'till', state, offSince: state === 'off' ? '2026-01-01' : null }, { id: 'db' }],
      edges: [{ from: 'till', to: 'db' }],
    })
  const [off, on] = [judge(withTill('off'), DAY), judge(withTill('on'), DAY)]
  expect(effectOf(off, on, new Set(['till']))).toMatchObject({ nowAfterOthers: ['db'], nowFree: [] })
  expect(effectOf(off, on)).toMatchObject({ nowReady: ['till'], noLongerReady: [] })
})

test('who is held by something else now, or stays now, is told with both verdicts', () => {
  const withUse = (waived: boolean, role: 'legacy' | 'stay') =>
    estateOf({
      systems: [{ id: 'old', residual: 3 }],
      services: [
        { id: 'core', role: 'stay' },
        { id: 'till', systems: ['old'] },
        { id: 'vault', role },
      ],
      edges: [{ from: 'core', to: 'till', waived }],
    })
  const effect = effectOf(judge(withUse(false, 'legacy'), DAY), judge(withUse(true, 'stay'), DAY))
  expect(effect).toMatchObject({
    noLongerReady: ['vault'],
    otherwise: [{ from: 'NEEDS_REPOINT', to: 'BLOCKED', services: ['till'] }],
  })
})
