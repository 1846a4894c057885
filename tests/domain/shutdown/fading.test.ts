import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../src/domain/calendar.ts'
import { fadingDays, fadingHolds, heldForGood } from '../../../src/domain/shutdown/fading.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { comparePlan } from '../../../src/domain/shutdown/plan.ts'
import { findService } from '../../../src/domain/shutdown/service.ts'
import { estateOf } from '../../support/estate-of.ts'
import { anyLandscape, RUNS, TODAY } from '../../support/random-landscape.ts'

const core = { id: 'core', role: 'stay' as const }
const gates = [{ id: 'audit', state: 'open' as const, closesOn: '2027-03-01' }]
const services = [core, { id: 'vault', gates }]
/** Nobody declared that core, which stays, calls vault; that vault calls core somebody did. */
const ring = [
  { from: 'core', to: 'vault', declared: false, lastSeen: '2026-08-20' },
  { from: 'vault', to: 'core' },
]

test('in a ring too, a call that was only seen holds nothing for good', () => {
  const estate = estateOf({ services, edges: ring })
  const judgement = judge(estate, TODAY)
  expect(heldForGood(judgement, 'vault')).toMatchObject({
    chain: ['core', 'vault'],
    quietOn: '2026-09-19',
    fading: { consumer: 'core', provider: 'vault' },
  })
  expect(fadingDays(judgement)('vault')).toBe('2026-09-19')
  const [row] = comparePlan(estate, TODAY, judgement).rows
  expect(row).toMatchObject({
    planned: 'never',
    unlessSeen: '2026-09-19',
    fact: { unlessSeen: '2026-09-19', afterwards: [{ blocker: { id: 'sgate:vault/audit' } }] },
  })
  expect(judge(estate, '2026-09-19').verdicts).toEqual(['KEEP', 'BLOCKED'])
})

test('a ring that declared uses close holds for good', () => {
  const estate = estateOf({ services, edges: [...ring, { from: 'core', to: 'vault' }] })
  expect(heldForGood(judge(estate, TODAY), 'vault')!.quietOn).toBeNull()
})

test('a ring that is to be re-pointed later goes as one until then, so falling quiet gives its plan no day', () => {
  const [seen, back] = ring
  const edges = [
    { ...seen!, to: 'desk' },
    { from: 'desk', to: 'vault' },
    back!,
    { from: 'core', to: 'vault', until: '2028-01-01' },
  ]
  const estate = estateOf({ services: [...services, { id: 'desk' }], edges })
  const judgement = judge(estate, TODAY)
  expect(heldForGood(judgement, 'vault')!.quietOn).toBe('2026-09-19')
  const rows = comparePlan(estate, TODAY, judgement).rows.map(({ service, unlessSeen }) => [
    service,
    unlessSeen,
  ])
  expect(Object.fromEntries(rows)).toEqual({ desk: '2026-09-19', vault: null })
  expect(findService(judge(estate, '2026-09-19'), 'vault')!.planned).toBe('never')
})

test('the day from which who stays holds a service no more is the first on which the rules say so', () =>
  fc.assert(
    fc.property(anyLandscape, given => {
      const landscape = { ...given, edges: given.edges.map(edge => ({ ...edge, until: null })) }
      const judgement = judge(landscape, TODAY)
      const fades = fadingDays(judgement)
      for (const id of judgement.graph.ids) {
        const held = findService(judgement, id)!
        const day = held.verdict === 'NEEDS_REPOINT' ? fades(id) : null
        if (day === null) continue
        const [last, first] = [addDays(day, -1), day].map(on => findService(judge(landscape, on), id)!)
        expect([last!.verdict, first!.verdict === 'NEEDS_REPOINT']).toEqual(['NEEDS_REPOINT', false])
        expect(first!.planned).not.toBe('never')
      }
    }),
    { numRuns: RUNS },
  ))

test('a plan says so only where no ring keeps the service without a day all the same', () =>
  fc.assert(
    fc.property(anyLandscape, given => {
      const until = '2028-01-01'
      const edges = given.edges.map(edge => ({ ...edge, until: edge.until && until }))
      const landscape = { ...given, edges }
      for (const { service, unlessSeen } of comparePlan(landscape, TODAY, judge(landscape, TODAY)).rows) {
        if (unlessSeen === null) continue
        const [last, first] = [addDays(unlessSeen, -1), unlessSeen].map(
          day => findService(judge(landscape, day), service)!.planned,
        )
        expect([last, first === 'never']).toEqual(['never', false])
      }
    }),
    { numRuns: RUNS },
  ))

test('so is the day from which a reason of who needs it holds it no more', () =>
  fc.assert(
    fc.property(anyLandscape, given => {
      const landscape = { ...given, edges: given.edges.map(edge => ({ ...edge, until: null })) }
      const judgement = judge(landscape, TODAY)
      for (const id of judgement.graph.ids) {
        const held = findService(judgement, id)!
        if (held.verdict === 'OFF') continue
        const fades = fadingHolds(judgement, id)
        for (const blocker of held.blockers.filter(
          ({ kind }) => kind === 'gate' || kind === 'unknown-role',
        )) {
          const day = fades(blocker)
          if (day === null) continue
          const idsOn = (on: string) =>
            findService(judge(landscape, on), id)!.blockers.map(({ id: one }) => one)
          expect(idsOn(addDays(day, -1))).toContain(blocker.id)
          expect(idsOn(day)).not.toContain(blocker.id)
        }
      }
    }),
    { numRuns: RUNS / 2 },
  ))
