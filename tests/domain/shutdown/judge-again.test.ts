import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Landscape, SystemState } from '../../../src/domain/landscape.ts'
import { type RankedBlocker, rankBlockers } from '../../../src/domain/shutdown/acceleration.ts'
import { listBlockers } from '../../../src/domain/shutdown/estate.ts'
import { type Judgement, judge } from '../../../src/domain/shutdown/judge.ts'
import { judgeAgain } from '../../../src/domain/shutdown/judge-again.ts'
import { ALL_KNOWN } from '../../support/known-costs.ts'
import { anyChange, anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'

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
        expect(rankedIn(judgement)).toEqual(rankedIn(judge(judgement.landscape, TODAY)))
        judgement = judgeAgain(judgement, turned(judgement.landscape, one))
        expect(judgement).toEqual(judge(judgement.landscape, TODAY))
      }
      expect(rankedIn(judgement)).toEqual(rankedIn(judge(judgement.landscape, TODAY)))
    }),
    { numRuns: RUNS },
  )
})

function rankedIn(judgement: Judgement) {
  const { numbers, tell } = rankBlockers(judgement, ALL_KNOWN)
  return numbers.map(tell)
}

test('what is worth most to end comes first, then what holds most services', () => {
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const judgement = judge(landscape, TODAY)
      const ranked = rankedIn(judgement)
      const worth = ({ acceleration, unlock, services }: RankedBlocker) =>
        [acceleration, unlock.cost, unlock.services.length, services.length] as const
      const inOrder = listBlockers(judgement).map(({ id }) => ranked.find(one => one.id === id)!)
      inOrder.sort((a, b) => {
        const at = worth(a).findIndex((value, place) => value !== worth(b)[place])
        return at < 0 ? 0 : worth(b)[at]! - worth(a)[at]!
      })
      expect(ranked).toEqual(inOrder)
    }),
    { numRuns: RUNS },
  )
})

const LISTS = ['systems', 'services', 'edges', 'externals'] as const
const edits = fc.array(
  fc.record({ list: fc.constantFrom(...LISTS), at: fc.nat(6), other: fc.nat(6), days: fc.boolean() }),
  { maxLength: 4 },
)
type Edit = typeof edits extends fc.Arbitrary<(infer T)[]> ? T : never

type Thing = { id?: string; [key: string]: unknown }

/** Something of one landscape takes the place of what another has, or comes to it, or goes; the rest stays the same. */
function edited(landscape: Landscape, from: Landscape, { list, at, other, days }: Edit): Landscape {
  const things: Thing[] = [...landscape[list]]
  const others: Thing[] = from[list]
  things.splice(at, 1, ...others.slice(other, other + 1))
  const isFirst = (thing: Thing, place: number) =>
    thing.id === undefined || things.findIndex(({ id }) => id === thing.id) === place
  const lengths = days ? { quietDays: from.quietDays, soakDays: from.soakDays } : {}
  return { ...landscape, ...lengths, [list]: things.filter(isFirst) }
}

test('whatever is edited or resolved, judged again is the same as judged for the first time', () => {
  fc.assert(
    fc.property(anyLandscape, anyLandscape, edits, anyChange, (landscape, from, todo, { resolve }) => {
      const before = judge(landscape, TODAY)
      const after = todo.reduce((edit, one) => edited(edit, from, one), landscape)
      const again = judgeAgain(before, after, new Set(resolve))
      expect(again).toEqual(judge(after, TODAY, new Set(resolve)))
      expect(judgeAgain(again, landscape)).toEqual(before)
      expect(judgeAgain(judgeAgain(before, after), landscape)).toEqual(before)
    }),
    { numRuns: RUNS },
  )
})

const open = (id: string) => ({ id, state: 'open', closesOn: null }) as const
const old = { id: 'old', role: 'legacy', residual: 54, residualZeroOn: null, gates: [] } as const
const service = { id: 'a', state: 'on', offSince: null, role: null, cost: 0, gates: [] } as const
const NOBODY = { quietDays: 30, soakDays: 0, edges: [], externals: [] }

test('a count that leaves orders open keeps every verdict as it was worked out', () => {
  const landscape: Landscape = {
    ...NOBODY,
    systems: [{ ...old, gates: [] }],
    services: [{ ...service, systems: ['old'], gates: [] }],
  }
  const before = judge(landscape, TODAY)
  const fewer = { ...old, residual: 50, residualZeroOn: '2026-12-01', gates: [] }
  const after = judgeAgain(before, { ...landscape, systems: [fewer] })
  expect(after.sets).toBe(before.sets)
  expect(after.verdicts).toBe(before.verdicts)
  expect(after.holds.blockers).toMatchObject([{ id: 'residual:old', date: '2026-12-01' }])
})

test('what a caller waits for is worth more once only that is waited for', () => {
  const system = (id: string, residualZeroOn: string) => ({ ...old, id, residualZeroOn, gates: [] })
  const of = (id: string, systems: string[]) => ({ ...service, id, systems, cost: 100, gates: [] })
  const use = { strength: 'hard', needs: 'from', declared: true, lastSeen: null, quietDays: null } as const
  const landscape = (zeroOn: string): Landscape => ({
    ...NOBODY,
    systems: [system('callers', '2026-12-01'), system('called', zeroOn)],
    services: [of('a', ['callers']), of('b', ['called']), of('c', ['callers'])],
    edges: [{ ...use, from: 'a', to: 'b', until: null, waived: false }],
  })
  const before = judge(landscape('2027-01-01'), TODAY)
  expect(rankedIn(before)[0]).toMatchObject({ id: 'residual:callers', servicesMoved: 2 })
  const { systems } = landscape('2026-10-01')
  const after = judgeAgain(before, { ...before.landscape, systems })
  expect(after.verdicts).toBe(before.verdicts)
  expect(rankedIn(after)[0]).toMatchObject({ id: 'residual:callers', servicesMoved: 3 })
  expect(rankedIn(after)).toEqual(rankedIn(judge(after.landscape, TODAY)))
})

test('two reasons that are written alike are told apart again when one of them goes', () => {
  const landscape: Landscape = {
    ...NOBODY,
    systems: [
      { ...old, id: 'a', residual: 0, gates: [open('b/c')] },
      { ...old, id: 'a/b', residual: 0, gates: [open('c')] },
    ],
    services: [{ ...service, systems: ['a', 'a/b'], gates: [] }],
  }
  const closed = {
    ...landscape,
    systems: [landscape.systems[0]!, { ...old, id: 'a/b', residual: 0, gates: [] }],
  }
  const both = judge(landscape, TODAY)
  expect(both.holds.isClear).toBe(false)
  expect(judgeAgain(both, closed)).toEqual(judge(closed, TODAY))
  expect(judgeAgain(judge(closed, TODAY), landscape)).toEqual(both)
})

test('a day that moves does not move what is only written alike', () => {
  const gated = (closesOn: string) => ({
    ...old,
    id: 'a/b',
    residual: 0,
    gates: [{ ...open('c'), closesOn }],
  })
  const landscape = (closesOn: string): Landscape => ({
    ...NOBODY,
    systems: [{ ...old, id: 'a', residual: 0, gates: [open('b/c')] }, gated(closesOn)],
    services,
  })
  const services = [{ ...service, systems: ['a'], gates: [] }]
  const before = judge(landscape('2026-09-10'), TODAY)
  expect(before.holds.isClear).toBe(true)
  expect(judgeAgain(before, landscape('2026-12-01'))).toEqual(judge(landscape('2026-12-01'), TODAY))
})
