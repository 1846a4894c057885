import fc from 'fast-check'
import { expect, test } from 'vitest'
import { landscapeHash } from '../../src/exchange/landscape-hash.ts'
import { anyLandscape, RUNS, turnedRound } from '../support/random-landscape.ts'

test('the order of the lists changes no hash', () => {
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const turned = turnedRound(landscape)
      expect(landscapeHash(turned)).toBe(landscapeHash(landscape))
    }),
    { numRuns: RUNS / 2 },
  )
})

test('lists that were hashed before give the hash that they would give for the first time', () => {
  const lists = fc.subarray(['systems', 'services', 'edges', 'externals', 'quietDays'] as const)
  fc.assert(
    fc.property(anyLandscape, anyLandscape, lists, (landscape, other, taken) => {
      landscapeHash(landscape)
      const mixed = { ...landscape, ...Object.fromEntries(taken.map(name => [name, other[name]])) }
      expect(landscapeHash(mixed)).toBe(landscapeHash(structuredClone(mixed)))
    }),
    { numRuns: RUNS / 2 },
  )
})

test('a list of which one system moved gives the hash that it would give for the first time', () => {
  const day = fc.constantFrom('2027-01-01', '2027-02-01', null)
  fc.assert(
    fc.property(anyLandscape, fc.nat(), day, fc.string(), (landscape, at, residualZeroOn, id) => {
      landscapeHash(landscape)
      const systems = landscape.systems.map((system, index) =>
        index === at % landscape.systems.length ? { ...system, id: system.id + id, residualZeroOn } : system,
      )
      const moved = { ...landscape, systems }
      expect(landscapeHash(moved)).toBe(landscapeHash(structuredClone(moved)))
      expect(landscapeHash(landscape)).toBe(landscapeHash(structuredClone(landscape)))
      const isSame = JSON.stringify(moved) === JSON.stringify(landscape)
      expect(landscapeHash(moved) === landscapeHash(landscape)).toBe(isSame)
    }),
    { numRuns: RUNS / 2 },
  )
})

test('an empty register has a hash too', () => {
  const nothing = { quietDays: 30, soakDays: 0, systems: [], services: [], edges: [], externals: [] }
  expect(landscapeHash(nothing)).not.toBe(landscapeHash({ ...nothing, quietDays: 31 }))
})
