import { expect, test } from 'vitest'
import type { Landscape } from '../../../src/domain/landscape.ts'
import { effectOf } from '../../../src/domain/shutdown/effect.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'

const DAY = '2026-03-31'
const service = (id: string) => ({
  id,
  state: 'on' as const,
  offSince: null,
  role: 'legacy' as const,
  systems: ['old'],
  cost: 0,
  gates: [],
})
const use = {
  strength: 'hard',
  needs: 'from',
  declared: true,
  lastSeen: null,
  quietDays: null,
  until: null,
  waived: false,
} as const
const withResidual = (residual: number): Landscape => ({
  quietDays: 30,
  soakDays: 0,
  systems: [{ id: 'old', role: 'legacy', residual, residualZeroOn: null, gates: [] }],
  services: [service('cashier'), service('ledger')],
  edges: [{ from: 'cashier', to: 'ledger', ...use }],
  externals: [],
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
