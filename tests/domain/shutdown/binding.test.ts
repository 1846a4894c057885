import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findBinding } from '../../../src/domain/shutdown/binding.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { whenOf } from '../../../src/domain/shutdown/moments.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'
import { RUNS } from '../../support/random-landscape.ts'
import { changed } from '../../support/slow-change.ts'

const NO_CHANGE = { resolve: [], systems: [], dropEdges: [], off: [] }

const IDS = ['a', 'b', 'c', 'd', 'e', 'f']
const day = fc.constantFrom('2026-08-01', '2026-09-10', '2026-10-01', '2026-12-01', '2027-02-01')
const gate = fc.record({ id: fc.constant('audit'), state: fc.constant('open' as const), closesOn: day })

/** Several sources of one pair, in either direction, rings, and who stays; most uses are to be re-pointed. */
const anyEstate = fc
  .record({
    services: fc.tuple(
      ...IDS.map(id =>
        fc.record({
          id: fc.constant(id),
          role: fc.constantFrom('legacy', 'legacy', 'legacy', 'stay'),
          gates: fc.array(gate, { maxLength: 1 }),
        }),
      ),
    ),
    edges: fc.array(
      fc.record({
        from: fc.constantFrom(...IDS),
        to: fc.constantFrom(...IDS),
        needs: fc.constantFrom('from', 'from', 'to', 'both'),
        until: fc.oneof(day, day, day, fc.constant(null)),
      }),
      { minLength: 3, maxLength: 10 },
    ),
    soakDays: fc.constantFrom(0, 7, 21),
  })
  .map(said => estateOf(said))

test('a use that is re-pointed today is gone, and no soak period passes after it', () => {
  const landscape = estateOf({
    services: [{ id: 'keepgw', role: 'stay' }, { id: 'beta-lib' }],
    edges: [
      { from: 'keepgw', to: 'beta-lib', until: '2026-10-01' },
      { from: 'keepgw', to: 'beta-lib', until: '2026-11-01' },
    ],
    soakDays: 14,
  })
  expect(findBinding(judge(landscape, TODAY), 'beta-lib')).toMatchObject({
    decider: { kind: 'repointing', consumer: 'keepgw', provider: 'beta-lib' },
    earliestThen: TODAY,
    plannedThen: TODAY,
    plannedGainDays: 85,
    plannedBy: null,
    goesAfter: null,
    next: null,
  })
})

test('the days with a deciding use re-pointed are those of judging anew without it', () => {
  let told = 0
  fc.assert(
    fc.property(anyEstate, landscape => {
      const judgement = judge(landscape, TODAY)
      for (const id of judgement.graph.ids) {
        const binding = findBinding(judgement, id)
        if (binding?.decider.kind !== 'repointing') continue
        const { consumer, provider } = binding.decider
        const dropEdges: [string, string][] = [[consumer, provider]]
        const then = judge(changed(landscape, TODAY, { ...NO_CHANGE, dropEdges }), TODAY)
        const service = then.graph.numbers.get(id)!
        const days = [then.earliest[service]!, then.planned[then.groups.of[service]!]!]
        expect([binding.earliestThen, binding.plannedThen]).toEqual(days.map(whenOf))
        expect(binding.next).toEqual(findBinding(then, id)?.decider ?? null)
        told++
      }
    }),
    { numRuns: RUNS },
  )
  expect(told).toBeGreaterThan(RUNS / 4)
})
