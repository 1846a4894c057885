import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addOpenOrders, declaredZeroOn, openOrders, residualOf } from '../../src/domain/open-orders.ts'
import { type Count, QUALIFIERS, UNITS } from '../../src/domain/vocabulary.ts'

const order = (count: number | null, qualifier: Count['qualifier'] = 'exact') =>
  ({ unit: 'order', latest: count === null ? null : { count, qualifier } }) as const

test('exact counts, lower bounds and what nobody counted stand apart', () => {
  const open = openOrders([order(54), order(95, 'about'), order(3000, 'at_least'), order(null)])
  expect(open.byUnit).toEqual([
    { unit: 'order', counted: 149, atLeast: 3000, bounds: 1, abouts: 1, uncounted: 1 },
  ])
  expect(open).toMatchObject({ total: 3149, residuals: 4, uncounted: 1, unsettled: 4 })
})

test('a system without residuals has nothing of any unit', () => expect(openOrders([]).byUnit).toEqual([]))

test('units are never added to one another', () => {
  const open = openOrders([order(5), { unit: 'report', latest: { count: 7, qualifier: 'exact' } }])
  expect(open.byUnit.map(({ unit, counted }) => [unit, counted])).toEqual([
    ['order', 5],
    ['report', 7],
  ])
})

test.each([
  ['nobody recorded what remains', [], null],
  ['one residual was never counted', [order(0), order(null)], null],
  ['all is exactly zero', [order(0), order(0)], 0],
  ['a zero is only about', [order(0, 'about')], null],
  ['a zero is only a lower bound', [order(0), order(0, 'at_least')], null],
  ['something is left', [order(0, 'about'), order(3)], 3],
])('when %s the residual of the system is told as it is', (_, residuals, residual) => {
  expect(residualOf(openOrders(residuals))).toBe(residual)
})

test('the estate adds up to its systems, in any order and grouping', () => {
  const latest = fc.option(fc.record({ count: fc.nat(10_000), qualifier: fc.constantFrom(...QUALIFIERS) }))
  const residuals = fc.array(fc.record({ unit: fc.constantFrom(...UNITS), latest }))
  fc.assert(
    fc.property(residuals, residuals, (one, other) => {
      const sorted = (parts: ReturnType<typeof addOpenOrders>) =>
        [...parts].sort((a, b) => (a.unit < b.unit ? -1 : 1))
      const apart = addOpenOrders([openOrders(one).byUnit, openOrders(other).byUnit])
      expect(sorted(apart)).toEqual(sorted(openOrders([...other, ...one]).byUnit))
    }),
  )
})

test('a declared day of being empty counts once everything that is left has one: the last of them', () => {
  const left = { count: 5, qualifier: 'exact' } as const
  const gone = { latest: { count: 0, qualifier: 'exact' }, declaredZeroOn: null } as const
  const [may, june] = ['2026-05-31', '2026-06-30'].map(day => ({ latest: left, declaredZeroOn: day }))
  expect(declaredZeroOn([gone, june!, may!])).toBe('2026-06-30')
  expect(declaredZeroOn([june!, { latest: null, declaredZeroOn: null }])).toBeNull()
  expect(declaredZeroOn([gone])).toBeNull()
})
