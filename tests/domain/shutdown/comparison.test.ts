import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listMoved, listStillHeld, touchedBy } from '../../../src/domain/shutdown/comparison.ts'
import { type Judgement, judge } from '../../../src/domain/shutdown/judge.ts'
import { neighbourhoodOf } from '../../../src/domain/shutdown/neighbourhood.ts'
import { findService } from '../../../src/domain/shutdown/service.ts'
import { whatIf } from '../../../src/domain/shutdown/what-if.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'
import { anyChange, anyLandscape, TODAY as DAY, RUNS } from '../../support/random-landscape.ts'

const CHANGE = { resolve: [], systems: [], dropEdges: [], off: [] }

/** b is held by the residual of old and calls a, which is also held by a gate of its own. */
const before = judge(
  estateOf({
    systems: [{ id: 'old', residual: 3, residualZeroOn: '2026-12-01' }],
    services: [
      { id: 'a', cost: 10, gates: [{ id: 'g', state: 'open', closesOn: '2026-10-01' }] },
      { id: 'b', systems: ['old'], cost: 10 },
      { id: 'c', gates: [{ id: 'h', state: 'open', closesOn: null }] },
    ],
    edges: [{ from: 'b', to: 'a' }],
  }),
  TODAY,
)

test('what moves is told with both dates, what does not is left out', () => {
  const { after } = whatIf(before, { ...CHANGE, resolve: ['residual:old'] })
  expect(listMoved(before, after)).toEqual([
    {
      id: 'b',
      before: { earliest: '2026-12-01', planned: '2026-12-01' },
      after: { earliest: TODAY, planned: TODAY },
    },
    {
      id: 'a',
      before: { earliest: '2026-12-01', planned: '2026-12-01' },
      after: { earliest: '2026-10-01', planned: '2026-10-01' },
    },
  ])
})

test('who had to wait for what is switched off today can go at once', () => {
  const landscape = estateOf({
    services: [{ id: 'console' }, { id: 'match' }, { id: 'diff' }, { id: 'store' }],
    edges: [
      { from: 'console', to: 'match' },
      { from: 'match', to: 'diff' },
      { from: 'diff', to: 'match' },
      { from: 'diff', to: 'store' },
    ],
  })
  const outcome = whatIf(judge(landscape, TODAY), { ...CHANGE, off: ['console'] })
  expect(outcome).toMatchObject({ services: [], lost: [], readied: ['diff', 'match'] })
})

test('still held is who lost a reason and has another one', () => {
  const { after } = whatIf(before, { ...CHANGE, resolve: ['residual:old'] })
  expect(listStillHeld(before, after, [])).toMatchObject({
    services: ['a'],
    blockers: [{ id: 'sgate:a/g', services: 1 }],
  })
  expect(listStillHeld(before, before, ['c'])).toMatchObject({ services: ['c'] })
})

test('a neighbourhood goes two steps each way, nearest first, and says how many it leaves out', () => {
  const chain = ['c3', 'c2', 'c1', 'm', 'p1', 'p2', 'p3']
  const line = chain.slice(1).map((to, at) => ({ from: chain[at]!, to }))
  const estate = judge(
    estateOf({ services: chain.map(id => ({ id })), edges: [...line, { from: 'p2', to: 'm' }] }),
    TODAY,
  )
  const around = neighbourhoodOf(estate, 'm', 2, 60)!
  expect(around.services.map(({ id, steps }) => `${id} ${steps}`)).toEqual([
    'c2 -2',
    'c1 -1',
    'p2 -1',
    'm 0',
    'p1 1',
  ])
  expect(around.edges).toContainEqual({ consumer: 'p1', provider: 'p2' })
  expect(neighbourhoodOf(estate, 'm', 2, 3)).toMatchObject({ services: { length: 3 }, left: 2 })
  expect(neighbourhoodOf(estate, 'nobody', 2, 60)).toBeNull()
})

test('whoever lost a reason and has another one is told of, and nobody else', () => {
  fc.assert(
    fc.property(anyLandscape, anyChange, (landscape, change) => {
      const was = judge(landscape, DAY)
      const { after } = whatIf(was, change)
      const told = touchedBy(was, change)
      const reasonsOf = (judgement: Judgement, id: string) =>
        findService(judgement, id)!.blockers.map(blocker => blocker.id)
      const held = was.graph.ids.filter(id => {
        const { verdict } = findService(after, id)!
        const left = reasonsOf(after, id)
        const isHelped = told.includes(id) || reasonsOf(was, id).some(reason => !left.includes(reason))
        return verdict !== 'OFF' && verdict !== 'KEEP' && left.length > 0 && isHelped
      })
      const still = listStillHeld(was, after, told)
      expect(still.services).toEqual(held)
      for (const { id, services } of still.blockers)
        expect(held.filter(service => reasonsOf(after, service).includes(id))).toHaveLength(services)
    }),
    { numRuns: RUNS },
  )
})
