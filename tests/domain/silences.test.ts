import { expect, test } from 'vitest'
import { burndown } from '../../src/domain/burndown.ts'
import { addDays, type Day } from '../../src/domain/calendar.ts'
import { areRoundsDense, mergeSilences } from '../../src/domain/silences.ts'

const day = (day: Day, counted: number, readings: number) => ({ day, counted, readings })

test('full rounds within thirty days prove that nothing was silent; anything less proves nothing', () => {
  expect(areRoundsDense([])).toBe(true)
  expect(areRoundsDense([day('2025-01-01', 2, 2), day('2025-01-31', 0, 2)])).toBe(true)
  expect(areRoundsDense([day('2025-01-01', 2, 2), day('2025-02-01', 0, 2)])).toBe(false)
  const partial = [day('2025-01-01', 2, 2), day('2025-01-20', 0, 1), day('2025-02-10', 0, 1)]
  expect(areRoundsDense(partial)).toBe(false)
  expect(areRoundsDense(partial.slice(0, 2))).toBe(true)
})

test('a residual that joins or is closed changes what a full round is', () => {
  const joins = [day('2025-01-01', 1, 1), day('2025-01-20', 1, 1), day('2025-02-10', 0, 2)]
  expect(areRoundsDense(joins)).toBe(false)
  const closes = [day('2025-01-01', 2, 2), day('2025-01-20', -1, 0), day('2025-01-30', 0, 1)]
  expect(areRoundsDense([...closes, day('2025-02-25', 0, 1)])).toBe(true)
})

test('silences that overlap are one, and one that lasts ends nowhere', () => {
  const from = (from: Day, until: Day | null) => ({ from, until })
  const apart = [from('2025-05-01', '2025-06-01'), from('2025-01-01', '2025-03-01')]
  expect(mergeSilences(apart)).toEqual([apart[1], apart[0]])
  expect(mergeSilences([...apart, from('2025-02-01', '2025-05-20')])).toEqual([
    from('2025-01-01', '2025-06-01'),
  ])
  expect(mergeSilences([...apart, from('2025-02-01', null)])).toEqual([from('2025-01-01', null)])
})

test('a sum of which a part was silent claims nothing until that part is counted again', () => {
  const readings = Array.from({ length: 13 }, (_, week) => ({
    day: addDays('2025-01-01', 10 * week),
    count: 200 - week,
    qualifier: 'exact' as const,
  }))
  const silences = [{ from: '2025-01-21', until: '2025-03-22' }]
  const [layer] = burndown([{ key: 's', label: 's', readings, silences }], '2025-01-01', '2025-05-01').layers
  const spans = layer!.pieces.map(({ kind, points }) => [kind, points[0]!.day, points.at(-1)!.day])
  expect(spans).toEqual([
    ['known', '2025-01-01', '2025-01-21'],
    ['known', '2025-03-22', '2025-05-01'],
  ])
  expect(layer!.halfGaps).toEqual(silences)
  expect(layer!.readings.filter(({ alone }) => alone)).toHaveLength(5)
})
