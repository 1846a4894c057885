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
    noLongerReady: [],
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
