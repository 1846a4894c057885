import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reachedAlong } from '../../../src/domain/shutdown/graph.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { blockerAt, listOutsideHolds } from '../../../src/domain/shutdown/outside-holds.ts'
import { findService } from '../../../src/domain/shutdown/service.ts'
import { anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'

test('of somebody outside, a service tells what it would tell without all uses that do not hold it', () =>
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const judgement = judge(landscape, TODAY)
      const { graph } = judgement
      graph.ids.forEach((id, service) => {
        const near = new Set(Array.from(reachedAlong(graph.consumers, [service]), one => graph.ids[one]))
        const externals = landscape.externals.filter(({ to }) => near.has(to))
        const alone = judge({ ...landscape, externals }, TODAY)
        const told = findService(judgement, id)!.blockers.map(one => blockerAt(judgement, one, id))
        for (const blocker of told.filter(({ kind }) => kind === 'external')) {
          expect(findService(alone, id)!.blockers).toContainEqual(blocker)
          const uses = listOutsideHolds(judgement, blocker, id).map(({ provider }) => provider)
          expect(uses.slice(1)).not.toContain(id)
          expect(uses.filter(provider => !near.has(provider))).toEqual([])
        }
      })
    }),
    { numRuns: RUNS / 2 },
  ))
