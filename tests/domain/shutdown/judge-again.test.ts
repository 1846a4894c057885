import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Landscape, SystemState } from '../../../src/domain/landscape.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { judgeAgain } from '../../../src/domain/shutdown/judge-again.ts'
import { anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'

/** What a system becomes: mostly other days, sometimes more. */
const day = fc.constantFrom(null, '2026-08-01', TODAY, '2026-08-23', '2026-09-10', '2026-12-01')
const turn = fc.record({
  which: fc.nat(2),
  residualZeroOn: day,
  closesOn: day,
  residual: fc.constantFrom('same', 'same', 'same', 13, 0, null),
  role: fc.constantFrom('same', 'same', 'same', 'same', 'stay'),
})

function turned(landscape: Landscape, { which, residualZeroOn, closesOn, residual, role }: Turn): Landscape {
  const systems = landscape.systems.map((system, at): SystemState => {
    if (at !== which % landscape.systems.length) return system
    return {
      ...system,
      residualZeroOn,
      residual: residual === 'same' ? system.residual : (residual as number | null),
      role: role === 'same' ? system.role : 'stay',
      gates: system.gates.map(gate => ({ ...gate, closesOn })),
    }
  })
  return { ...landscape, systems }
}
type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never

test('judged again after changes is the same as judged for the first time', () => {
  fc.assert(
    fc.property(anyLandscape, fc.array(turn, { minLength: 1, maxLength: 4 }), (landscape, turns) => {
      let judgement = judge(landscape, TODAY)
      for (const one of turns) {
        judgement = judgeAgain(judgement, turned(judgement.landscape, one))
        expect(judgement).toEqual(judge(judgement.landscape, TODAY))
      }
    }),
    { numRuns: RUNS },
  )
})

test('a count that leaves orders open keeps every verdict as it was worked out', () => {
  const old = { id: 'old', role: 'legacy', residual: 54, residualZeroOn: null, gates: [] } as const
  const service = { id: 'a', state: 'on', offSince: null, role: null, cost: 0, gates: [] } as const
  const landscape: Landscape = {
    quietDays: 30,
    soakDays: 0,
    systems: [{ ...old, gates: [] }],
    services: [{ ...service, systems: ['old'], gates: [] }],
    edges: [],
    externals: [],
  }
  const before = judge(landscape, TODAY)
  const fewer = { ...old, residual: 50, residualZeroOn: '2026-12-01', gates: [] }
  const after = judgeAgain(before, { ...landscape, systems: [fewer] })
  expect(after.sets).toBe(before.sets)
  expect(after.verdicts).toBe(before.verdicts)
  expect(after.holds.blockers).toMatchObject([{ id: 'residual:old', date: '2026-12-01' }])
})
