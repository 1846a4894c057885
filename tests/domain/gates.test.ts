import { expect, test } from 'vitest'
import {
  type Gate,
  type GateStanding,
  gateStanding,
  isHolding,
  isOverdue,
  toGateState,
} from '../../src/domain/gates.ts'
import { listLapses } from '../../src/domain/lapses.ts'

const TODAY = '2026-03-31'
const OPEN: Gate = {
  key: '二手业务切量',
  kind: 'cutover',
  state: 'open',
  closesOn: null,
  evidenceExpiresOn: null,
  waivedOn: null,
  waivedUntil: null,
  withdrawnOn: null,
}
const waived = { waivedOn: '2026-03-01' }

test.each<[GateStanding, boolean, Partial<Gate>]>([
  ['open', true, {}],
  ['unknown', true, { state: 'unknown' }],
  ['closed', false, { state: 'closed' }],
  ['closed', false, { state: 'closed', evidenceExpiresOn: '2026-04-01' }],
  ['expired', true, { state: 'closed', evidenceExpiresOn: TODAY }],
  ['waived', false, { ...waived, waivedUntil: '2026-04-01' }],
  ['waived', false, { ...waived, state: 'unknown' }],
  ['open', true, { ...waived, waivedUntil: TODAY }],
  ['closed', false, { ...waived, state: 'closed' }],
  ['waived', false, { ...waived, state: 'closed', evidenceExpiresOn: TODAY }],
  ['withdrawn', false, { withdrawnOn: '2026-02-01' }],
])('a gate is %s (holds: %s) when %o', (standing, holds, change) => {
  const gate = { ...OPEN, ...change }
  expect(gateStanding(gate, TODAY)).toBe(standing)
  expect(isHolding(gate, TODAY)).toBe(holds)
})

test('a gate that should have closed by today is overdue while it holds', () => {
  expect(isOverdue({ ...OPEN, closesOn: TODAY }, TODAY)).toBe(true)
  expect(isOverdue({ ...OPEN, closesOn: '2026-04-01' }, TODAY)).toBe(false)
  expect(isOverdue({ ...OPEN, state: 'closed', closesOn: TODAY }, TODAY)).toBe(false)
  expect(isOverdue(OPEN, TODAY)).toBe(false)
})

test('the analysis sees what is not known as not known, and nothing of a withdrawn gate', () => {
  expect(toGateState({ ...OPEN, closesOn: '2026-06-30' }, TODAY)).toEqual({
    id: '二手业务切量',
    state: 'open',
    closesOn: '2026-06-30',
  })
  expect(toGateState({ ...OPEN, state: 'unknown' }, TODAY)?.state).toBe('unknown')
  expect(toGateState({ ...OPEN, state: 'closed', evidenceExpiresOn: TODAY }, TODAY)?.state).toBe('open')
  expect(toGateState({ ...OPEN, ...waived }, TODAY)?.state).toBe('closed')
  expect(toGateState({ ...OPEN, withdrawnOn: '2026-02-01' }, TODAY)).toBeNull()
})

test('a gate that is both closed and waived holds again when the later of the two ends', () => {
  const lapsesOf = (change: Partial<Gate>) => {
    const gates = [{ ...OPEN, state: 'closed' as const, ...waived, ...change }]
    const row = { key: '账户1.0', status: 'draining' as const, gates }
    const kept = { systems: [{ row }], services: [], dependencies: [], externals: [] }
    return listLapses(kept, { services: [], quietDays: 30 }, TODAY).map(({ by, until }) => [by, until])
  }
  const evidenceExpiresOn = '2026-05-01'
  expect(lapsesOf({ waivedUntil: '2026-06-01', evidenceExpiresOn })).toEqual([['waiver', '2026-06-01']])
  expect(lapsesOf({ waivedUntil: '2026-04-01', evidenceExpiresOn })).toEqual([['evidence', '2026-05-01']])
  expect(lapsesOf({ waivedUntil: '2026-04-01' })).toEqual([])
})
