import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patched, placesMoved } from '../../src/domain/patched.ts'

const things = fc.array(
  fc.integer().map(id => ({ id })),
  { minLength: 1, maxLength: 20 },
)
const places = fc.array(fc.nat(19), { maxLength: 5 })

test('a patched list is the other with the changes in it, and both know where it differs', () => {
  fc.assert(
    fc.property(things, places, places, (list, some, others) => {
      const once = patched(list, changesAt(list, some))
      const twice = patched(once, changesAt(once, others))
      for (const [before, after] of [
        [list, once],
        [once, twice],
        [list, twice],
        [twice, list],
      ] as const) {
        const differing = [...before.keys()].filter(at => before[at] !== after[at])
        expect([...placesMoved(before, after)!].sort((a, b) => a - b)).toEqual(differing)
      }
      expect(once).toHaveLength(list.length)
      expect(list.every((one, at) => some.includes(at) || once[at] === one)).toBe(true)
    }),
  )
})

test('what is put in its own place has not moved', () => {
  const list = [{ id: 1 }, { id: 2 }]
  expect(placesMoved(list, patched(list, new Map([[1, list[1]!]])))).toEqual([])
  expect(placesMoved(list, list)).toEqual([])
})

test('lists of other lengths cannot be told apart by places', () => {
  expect(placesMoved([1, 2], [1])).toBeNull()
  expect(placesMoved([], [])).toEqual([])
})

function changesAt<T extends object>(list: readonly T[], at: readonly number[]): Map<number, T> {
  return new Map(at.filter(place => place < list.length).map(place => [place, { ...list[place]! }]))
}
