import { expect, test } from 'vitest'
import { listStillHeld } from '../../../src/domain/shutdown/comparison.ts'
import { fadingUse } from '../../../src/domain/shutdown/fading.ts'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { plannedDecidersOf } from '../../../src/domain/shutdown/planned-deciders.ts'
import { endingUse, listStayingWays, stayingWay } from '../../../src/domain/shutdown/staying.ts'
import { whatIf } from '../../../src/domain/shutdown/what-if.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

const NO_CHANGE = { resolve: [], systems: [], dropEdges: [], off: [] }

test('why a service can never go is the way without a planned end, however long', () => {
  const services = [
    { id: 'gateway', role: 'stay' as const },
    { id: 'risk', role: 'stay' as const },
  ]
  const planned = { from: 'gateway', to: 'wallet', until: '2026-12-28' }
  const through = [
    { from: 'risk', to: 'merchant' },
    { from: 'merchant', to: 'wallet' },
  ]
  const way = (edges: typeof through) =>
    stayingWay(
      judge(estateOf({ services: [...services, { id: 'merchant' }, { id: 'wallet' }], edges }), TODAY),
      'wallet',
    )
  expect(way([planned, ...through])).toEqual({ chain: ['risk', 'merchant', 'wallet'], until: 'never' })
  expect(way([planned])).toEqual({ chain: ['gateway', 'wallet'], until: '2026-12-28' })
  expect(way([])).toBeNull()
})

test('the day on which somebody who stays lets go belongs to one use of the way', () => {
  const judgement = judge(
    estateOf({
      services: [{ id: 'risk', role: 'stay' }, { id: 'merchant' }, { id: 'wallet' }],
      edges: [
        { from: 'risk', to: 'merchant' },
        { from: 'merchant', to: 'wallet', until: '2027-02-01' },
      ],
    }),
    TODAY,
  )
  const [far, near] = [stayingWay(judgement, 'wallet')!, stayingWay(judgement, 'merchant')!]
  expect(far).toEqual({ chain: ['risk', 'merchant', 'wallet'], until: '2027-02-01' })
  expect(endingUse(judgement, far)).toEqual({ consumer: 'merchant', provider: 'wallet' })
  expect(endingUse(judgement, near)).toBeNull()
})

test('everybody who stays and uses a service is named by the way that lasts longest, and none through another', () => {
  const services = ['gateway', 'risk', 'behind'].map(id => ({ id, role: 'stay' as const }))
  const edges = [
    { from: 'gateway', to: 'wallet', until: '2026-12-28' },
    { from: 'gateway', to: 'portal', until: '2027-03-01' },
    { from: 'portal', to: 'wallet' },
    { from: 'risk', to: 'merchant' },
    { from: 'merchant', to: 'wallet' },
    { from: 'behind', to: 'risk' },
  ]
  const going = ['wallet', 'portal', 'merchant'].map(id => ({ id }))
  const judgement = judge(estateOf({ services: [...services, ...going], edges }), TODAY)
  const forEver = { chain: ['risk', 'merchant', 'wallet'], until: 'never' }
  const planned = { chain: ['gateway', 'portal', 'wallet'], until: '2027-03-01' }
  expect(listStayingWays(judgement, ['wallet'], 9)).toEqual({ ways: [forEver, planned], more: 0 })
  expect(listStayingWays(judgement, ['wallet'], 1)).toEqual({ ways: [forEver], more: 1 })
  expect(listStayingWays(judgement, ['portal', 'merchant'], 9).ways.map(({ chain }) => chain)).toEqual([
    ['risk', 'merchant'],
    ['gateway', 'portal'],
  ])
})

test('a service that one of two who stay lets go of is helped, and the other one still holds it', () => {
  const services = [
    { id: 'gateway', role: 'stay' as const },
    { id: 'risk', role: 'stay' as const },
    { id: 'wallet' },
  ]
  const edges = [
    { from: 'gateway', to: 'wallet', until: '2026-12-28' },
    { from: 'risk', to: 'merchant' },
    { from: 'merchant', to: 'wallet' },
  ]
  const before = judge(estateOf({ services: [...services, { id: 'merchant' }], edges }), TODAY)
  const { after } = whatIf(before, { ...NO_CHANGE, dropEdges: [['risk', 'merchant']] })
  expect(listStillHeld(before, after, ['merchant']).services).toEqual(['wallet'])
})

test('a way without a planned end fades with the use on it that was only seen, unless somebody declared it', () => {
  const services = [{ id: 'risk', role: 'stay' as const }, { id: 'merchant' }, { id: 'wallet' }]
  const seen = { declared: false, lastSeen: '2026-08-01' }
  const queue = { from: 'wallet', to: 'merchant', needs: 'to' as const, ...seen, quietDays: 400 }
  const fadingOf = (...edges: Parameters<typeof estateOf>[0]['edges'] & object) => {
    const judgement = judge(estateOf({ services, edges }), TODAY)
    return fadingUse(judgement, stayingWay(judgement, 'wallet')!)
  }
  const [called, again] = [
    { from: 'risk', to: 'merchant', ...seen },
    { from: 'risk', to: 'merchant', ...seen, lastSeen: '2026-08-10' },
  ]
  const fades = { consumer: 'risk', provider: 'merchant', quietOn: '2026-09-09' }
  expect(fadingOf(called, again, queue)).toEqual(fades)
  expect(fadingOf(called, { ...again, declared: true }, queue)).toMatchObject({ quietOn: '2027-09-05' })
  expect(fadingOf({ from: 'risk', to: 'wallet' })).toBeNull()
})

test('an overdue re-pointing takes the day of all who need it, whatever else is overdue around them', () => {
  const past = '2026-08-01'
  const judgement = judge(
    estateOf({
      services: [
        { id: 'keeper', role: 'stay' },
        { id: 'one', gates: [{ id: 'g', state: 'open', closesOn: null }] },
        ...['library', 'portal', 'two', 'three'].map(id => ({ id })),
      ],
      edges: [
        { from: 'keeper', to: 'library', until: past },
        { from: 'library', to: 'keeper' },
        { from: 'library', to: 'portal' },
        // A ring that an overdue re-pointing was to break, and that needs the portal.
        { from: 'one', to: 'two', until: past },
        { from: 'two', to: 'three' },
        { from: 'three', to: 'one' },
        { from: 'three', to: 'portal' },
      ],
    }),
    TODAY,
  )
  const decider = (id: string) => plannedDecidersOf(judgement)(judgement.graph.numbers.get(id)!)
  const overdue = { kind: 'overdue', consumer: 'keeper', provider: 'library', since: past, date: 'never' }
  expect(decider('library')).toEqual(overdue)
  expect(decider('portal')).toEqual(overdue)
  expect(decider('two')).toMatchObject({ kind: 'blocker', service: 'one', date: 'unknown' })
})
