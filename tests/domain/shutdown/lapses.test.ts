import { expect, test } from 'vitest'
import type { Lapse } from '../../../src/domain/lapses.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { lapsingOf } from '../../../src/domain/shutdown/lapses.ts'
import { whatIf } from '../../../src/domain/shutdown/what-if.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

const EMPTY_ON = '2028-04-30'

/** till stays and calls core, which is waived; core calls ledger. 账户1.0 empties in two years and is served by core. */
const ESTATE = estateOf({
  systems: [{ id: '账户1.0', residual: 5, residualZeroOn: EMPTY_ON }],
  services: [{ id: 'till', role: 'stay' }, { id: 'core', systems: ['账户1.0'] }, { id: 'ledger' }],
  edges: [
    { from: 'till', to: 'core', waived: true },
    { from: 'core', to: 'ledger' },
  ],
})

function waiverUntil(until: string, more: Partial<Lapse> = {}): Lapse {
  return {
    until,
    by: 'waiver',
    end: null,
    held: { kind: 'use', consumer: 'till', provider: 'core', isCaller: true },
    ...more,
  }
}

function lapsing(lapse: Lapse, judgement = judge(ESTATE, TODAY)): string[] {
  return [...lapsingOf(judgement, [lapse]).keys()].sort()
}

test('a date after the end of a waiver rests on it, and so do the dates of all that wait for it', () => {
  expect(lapsing(waiverUntil('2027-01-01'))).toEqual(['core', 'ledger'])
  expect(lapsing(waiverUntil(EMPTY_ON))).toEqual(['core', 'ledger'])
})

test('a waiver that outlasts the date is enough, and so is a re-pointing before it', () => {
  expect(lapsing(waiverUntil('2028-05-01'))).toEqual([])
  expect(lapsing(waiverUntil('2027-01-01', { end: '2028-04-01' }))).toEqual([])
  expect(lapsing(waiverUntil('2027-01-01', { end: '2028-05-01' }))).toEqual(['core', 'ledger'])
})

test('a planned re-pointing on the way ends what is passed on', () => {
  const [till, core] = ESTATE.edges as [(typeof ESTATE.edges)[0], (typeof ESTATE.edges)[0]]
  const edges = [till, { ...core, until: '2026-12-01' }]
  expect(lapsing(waiverUntil('2027-01-01'), judge({ ...ESTATE, edges }, TODAY))).toEqual(['core'])
})

test('a gate or an outsider whose waiver ends holds again whom it held, and nobody where it is done', () => {
  const reason = (id: string) => ({ id, kind: 'gate', owner: { kind: 'nobody' } }) as const
  const gate = waiverUntil('2027-01-01', {
    held: { kind: 'system-gate', reason: reason('gate:账户1.0/切量'), system: '账户1.0' },
  })
  expect(lapsing(gate)).toEqual(['core', 'ledger'])
  expect(lapsing(gate, judge(ESTATE, TODAY, new Set(['gate:账户1.0/切量'])))).toEqual([])
  const outside = {
    kind: 'external',
    reason: reason('external:银行'),
    name: '银行',
    provider: 'ledger',
  } as const
  expect(lapsing(waiverUntil('2027-01-01', { held: outside }))).toEqual(['ledger'])
})

test('a use that is dropped, or whose consumer is off, does not come back', () => {
  const before = judge(ESTATE, TODAY)
  const nothing = { resolve: [], systems: [], dropEdges: [], off: [] }
  const dropped = whatIf(before, { ...nothing, dropEdges: [['till', 'core']] }).after
  expect(lapsing(waiverUntil('2027-01-01'), dropped)).toEqual([])
  expect(lapsing(waiverUntil('2027-01-01'), whatIf(before, { ...nothing, off: ['till'] }).after)).toEqual([])
})
