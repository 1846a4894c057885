import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerOf, comparable } from '../../support/answers.ts'
import { anyChange, anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'
import { slowAnswer, slowJudge } from '../../support/slow-judge.ts'

test(
  'the answer is what the rules give when read slowly',
  () => {
    fc.assert(
      fc.property(anyLandscape, anyChange, fc.integer({ min: 0, max: 3 }), (landscape, change, bestK) => {
        const whatIf = [{ id: '__proto__', ...change }]
        const answer = answerOf(landscape, TODAY, { whatIf, bestK })
        expect(comparable(answer)).toEqual(comparable(slowAnswer(landscape, TODAY, whatIf, bestK)))
      }),
      { numRuns: RUNS },
    )
  },
  RUNS * 50,
)

test(
  'every held service has a chain of exactly its distance from a service with a reason of its own',
  () => {
    fc.assert(
      fc.property(anyLandscape, landscape => {
        const slow = slowJudge(landscape, TODAY)
        const { services } = answerOf(landscape, TODAY)
        for (const id of slow.on) {
          const { chain, distance } = services[id]!
          if (slow.reasons(id).length === 0) expect(chain).toBeNull()
          else {
            expect(chain?.length).toBe(Number(distance) + 1)
            expect(chain?.at(-1)).toBe(id)
            expect(slow.own(chain![0]!)).not.toEqual([])
            chain!.slice(1).forEach((provider, at) => {
              expect(slow.pairs.some(([c, p]) => c === chain![at] && p === provider)).toBe(true)
            })
          }
        }
      }),
      { numRuns: RUNS },
    )
  },
  RUNS * 50,
)
