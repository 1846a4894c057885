import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listCallsAfterOff, listNeedsOfOff } from '../../../src/domain/shutdown/after-off.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { listWarnings } from '../../../src/domain/shutdown/warnings.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'
import { anyLandscape, RUNS } from '../../support/random-landscape.ts'

const off = { state: 'off' as const, offSince: '2026-08-01' }

test('a call by or to a service after it went off is brought up, the latest first', () => {
  const landscape = estateOf({
    services: [{ id: 'batch', ...off }, { id: 'ledger', ...off }, { id: 'till' }],
    edges: [
      { from: 'batch', to: 'till', lastSeen: '2026-08-10' },
      { from: 'batch', to: 'till', lastSeen: '2026-08-12' },
      { from: 'till', to: 'ledger', lastSeen: '2026-08-02' },
    ],
    externals: [{ name: 'bank', to: 'ledger', lastSeen: '2026-08-20' }],
  })
  expect(listCallsAfterOff(landscape, TODAY).map(({ off, lastSeen }) => [off, lastSeen])).toEqual([
    ['ledger', '2026-08-20'],
    ['batch', '2026-08-12'],
    ['ledger', '2026-08-02'],
  ])
})

test('the last calls before, what is quiet again, and what is waived are no alarm', () => {
  const edge = { from: 'till', to: 'ledger' }
  const landscape = estateOf({
    services: [{ id: 'ledger', ...off }, { id: 'till' }],
    edges: [
      { ...edge, lastSeen: '2026-08-01' },
      { ...edge, lastSeen: '2026-08-03', quietDays: 5 },
      { ...edge, lastSeen: '2026-08-20', waived: true },
      edge,
    ],
  })
  expect(listCallsAfterOff(landscape, TODAY)).toEqual([])
})

test('whoever runs and still uses what is off is brought up: declared, or seen on that very day', () => {
  const edge = { from: 'till', to: 'ledger' }
  const landscape = (edges: object[], externals: object[] = []) =>
    estateOf({
      services: [{ id: 'ledger', ...off }, { id: 'till' }, { id: 'batch', ...off }],
      edges: edges.map(one => ({ ...edge, ...one })),
      externals: externals.map(one => ({ name: 'bank', to: 'ledger', ...one })),
    })
  const needs = (...parts: Parameters<typeof landscape>) =>
    listNeedsOfOff(landscape(...parts), TODAY).map(need => [need.consumer, need.lastSeen])
  expect(needs([{}])).toEqual([['till', null]])
  expect(needs([{}, { lastSeen: '2026-08-01' }])).toEqual([['till', '2026-08-01']])
  expect(needs([], [{}])).toEqual([['bank', null]])
  const over = [{ lastSeen: '2026-08-02' }, { waived: true }, { strength: 'soft' }, { from: 'batch' }]
  for (const one of over) expect(needs([one]), JSON.stringify(one)).toEqual([])
})

test('who needs what is off is the end that cannot live without the other, whichever of them calls', () => {
  const needs = (edge: object, externals: object[] = []) =>
    listNeedsOfOff(
      estateOf({
        services: [{ id: 'ledger', ...off }, { id: 'till' }],
        edges: [{ from: 'ledger', to: 'till', ...edge }],
        externals: externals.map(one => ({ name: 'bank', to: 'ledger', ...one })),
      }),
      TODAY,
    ).map(({ consumer, provider, isCaller }) => [consumer, provider, isCaller])
  expect(needs({})).toEqual([])
  expect(needs({ needs: 'to' })).toEqual([['till', 'ledger', false]])
  expect(needs({ needs: 'both' })).toEqual([['till', 'ledger', false]])
  expect(needs({ from: 'till', to: 'ledger', needs: 'to' })).toEqual([])
  expect(needs({ from: 'till', to: 'ledger', needs: 'both' })).toEqual([['till', 'ledger', true]])
  expect(needs({ needs: 'to', lastSeen: '2026-08-10' })).toEqual([])
  expect(needs({}, [{ needs: 'to' }])).toEqual([])
})

test('every service of which the analysis warns that it needs one that is off is brought up, or was seen calling', () => {
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const said = (one: { consumer: string; provider: string }) => `${one.consumer}>${one.provider}`
      const told = new Set(listNeedsOfOff(landscape, TODAY).map(said))
      for (const call of listCallsAfterOff(landscape, TODAY)) {
        told.add(said(call)).add(said({ consumer: call.provider, provider: call.consumer }))
      }
      const warned = listWarnings(judge(landscape, TODAY)).filter(({ kind }) => kind === 'off-provider')
      expect(warned.map(said).filter(pair => !told.has(pair))).toEqual([])
    }),
    { numRuns: RUNS },
  )
})
