import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { soonerThan } from '../../../src/domain/shutdown/sooner.ts'
import { anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'

test('the dates without a blocker are those of judging anew without it', () => {
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const judgement = judge(landscape, TODAY)
      const { without } = soonerThan(judgement)
      judgement.holds.blockers.forEach(({ id }, number) => {
        const then = without(number)
        const dates = judgement.earliest.map((date, service) => then.get(service) ?? date)
        expect(dates, id).toEqual(judge(landscape, TODAY, new Set([id])).earliest)
      })
    }),
    { numRuns: RUNS },
  )
})
