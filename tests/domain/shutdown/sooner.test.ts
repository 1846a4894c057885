import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayNumber } from '../../../src/domain/calendar.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { singleCausesOf } from '../../../src/domain/shutdown/single-cause.ts'
import { soonerThan } from '../../../src/domain/shutdown/sooner.ts'
import { anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'

test('the dates without a blocker are those of judging anew without it', () => {
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const judgement = judge(landscape, TODAY)
      const causes = singleCausesOf({ ...judgement, today: dayNumber(judgement.today) })
      const { without } = soonerThan(judgement, causes)
      judgement.holds.blockers.forEach(({ id }, number) => {
        const then = without(number)
        const dates = judgement.earliest.map((date, service) => then.get(service) ?? date)
        expect(dates, id).toEqual(judge(landscape, TODAY, new Set([id])).earliest)
      })
    }),
    { numRuns: RUNS },
  )
})
