import fc from 'fast-check'
import { expect, test } from 'vitest'
import { burndown } from '../../src/domain/burndown.ts'
import type { BurndownReading, BurndownSeries } from '../../src/domain/burndown-level.ts'
import { thinRows } from '../../src/domain/burndown-rows.ts'
import { addDays, daysBetween } from '../../src/domain/calendar.ts'

const START = '2025-01-01'
const END = '2025-12-31'

function series(key: string, ...readings: [string, number, BurndownReading['qualifier']?][]): BurndownSeries {
  return {
    key,
    label: key,
    readings: readings.map(([day, count, q]) => ({ day, count, qualifier: q ?? 'exact' })),
  }
}

const anySeries = fc
  .array(
    fc.record({
      day: fc.integer({ min: -100, max: 500 }).map(days => addDays(START, days)),
      count: fc.nat(10_000),
      qualifier: fc.constantFrom('exact', 'at_least', 'about'),
    }),
    { maxLength: 12 },
  )
  .map(readings => ({ key: 'any', label: 'any', readings }) satisfies BurndownSeries)
const anyEnding = fc.option(fc.integer({ min: -50, max: 420 }).map(days => addDays(START, days)))
const anyEstate = fc.array(
  fc.tuple(anySeries, anyEnding).map(([one, endedOn]) => ({ ...one, endedOn })),
  { maxLength: 5 },
)

test('every layer stands on the one below, in order of days, never under the floor', () => {
  fc.assert(
    fc.property(anyEstate, estate => {
      const drawn = burndown(estate, START, END)
      for (const { pieces } of drawn.layers) {
        for (const { points } of pieces) {
          expect(points.length).toBeGreaterThan(1)
          for (const [index, { day, base, top }] of points.entries()) {
            expect(day >= START && day <= END && base >= 0 && top >= base && top <= drawn.peak + 1e-6).toBe(
              true,
            )
            if (index > 0) expect(day >= points[index - 1]!.day).toBe(true)
          }
        }
      }
    }),
  )
})

test('nothing is claimed during a silence of more than thirty days, twice the usual interval', () => {
  fc.assert(
    fc.property(anyEstate, estate => {
      for (const { pieces, gaps } of burndown(estate, START, END).layers) {
        const claims = pieces.filter(({ kind }) => kind !== 'silent').flatMap(({ points }) => points)
        for (const { from, until } of gaps) {
          expect(daysBetween(from, until ?? END)).toBeGreaterThan(30)
          expect(claims.some(({ day }) => day > from && day < (until ?? '9999'))).toBe(false)
        }
      }
    }),
  )
})

test('a total never hides a series that is unknown', () => {
  fc.assert(
    fc.property(anyEstate, estate => {
      for (const { levels, total } of burndown(estate, START, END).rows) {
        if (total.unknown > 0) expect(total.qualifier).toBe('at_least')
        const never = levels.filter(level => level.kind === 'absent' && !level.ended).length
        expect(total.unknown).toBeGreaterThanOrEqual(never)
      }
    }),
  )
})

test('what is read after the last day of the window changes nothing', () => {
  fc.assert(
    fc.property(anyEstate, estate => {
      const known = estate.map(one => ({ ...one, readings: one.readings.filter(({ day }) => day <= END) }))
      expect(burndown(estate, START, END)).toEqual(burndown(known, START, END))
    }),
  )
})

test('a residual that nobody counted is named, has no layer and makes the total a lower bound', () => {
  const drawn = burndown([series('德祐', ['2025-03-01', 968]), series('装贝')], START, END)
  expect(drawn.uncounted).toEqual([{ key: '装贝', label: '装贝' }])
  expect(drawn.layers.map(({ key }) => key)).toEqual(['德祐'])
  expect(drawn.rows[0]?.total).toMatchObject({ count: 968, qualifier: 'at_least', unknown: 1 })
})

test('before its first reading a series is unknown, not 0', () => {
  const drawn = burndown([series('德祐', ['2025-06-01', 10], ['2025-06-11', 5])], START, '2025-06-11')
  expect(drawn.layers[0]?.pieces).toEqual([
    {
      kind: 'known',
      points: [
        { day: '2025-06-01', base: 0, top: 10 },
        { day: '2025-06-11', base: 0, top: 5 },
      ],
    },
  ])
})

test('readings on a single day stand alone and leave the rest of the window empty', () => {
  const drawn = burndown(
    [series('存管', ['2025-03-01', 3000, 'at_least']), series('德祐', ['2025-03-01', 968])],
    START,
    END,
  )
  expect(drawn.layers.flatMap(({ pieces }) => pieces)).toEqual([])
  expect(drawn.layers[1]?.readings).toMatchObject([{ base: 3000, top: 3968, alone: true }])
  expect(drawn.layers[1]?.gaps).toEqual([{ from: '2025-03-01', until: null }])
  expect(drawn.peak).toBe(3968)
})

test('a fresh last count lasts to the end of the window', () => {
  const [layer] = burndown([series('德祐', ['2025-03-01', 7])], START, '2025-03-20').layers
  expect(layer?.pieces[0]?.points.at(-1)).toEqual({ day: '2025-03-20', base: 0, top: 7 })
  expect(layer?.readings[0]?.alone).toBe(false)
})

test('a silent series keeps its room under a counted one, and a lower bound is a piece of its own', () => {
  const below = series('below', ['2025-01-01', 100], ['2025-07-01', 40])
  const months = ['01', '02', '03', '04', '05', '06', '07'].map(
    month => [`2025-${month}-01`, 10, month < '04' ? 'at_least' : 'about'] as const,
  )
  below.readings.push({ day: '2025-01-02', count: 100, qualifier: 'exact' })
  below.readings.push({ day: '2025-01-03', count: 100, qualifier: 'exact' })
  const drawn = burndown(
    [below, series('above', ...months.map(m => [...m] as [string, number, 'about']))],
    START,
    '2025-07-01',
  )
  expect(drawn.layers[0]?.pieces.map(({ kind }) => kind)).toEqual(['known', 'silent'])
  expect(drawn.layers[0]?.gaps).toEqual([{ from: '2025-01-03', until: '2025-07-01' }])
  expect(drawn.layers[1]?.pieces.map(({ kind }) => kind)).toEqual(['at_least', 'known'])
  expect(drawn.layers[1]?.readings.at(-1)).toMatchObject({ base: 40, top: 50 })
})

test('two counts years apart are no rhythm: nothing is claimed between them', () => {
  const drawn = burndown([series('a', ['2022-11-30', 54], ['2025-11-23', 53])], '2022-11-01', '2025-11-23')
  expect(drawn.layers[0]!.pieces).toEqual([])
  expect(drawn.layers[0]!.gaps).toEqual([{ from: '2022-11-30', until: '2025-11-23' }])
  const weekLater = series('a', ['2022-11-30', 54], ['2025-11-16', 53], ['2025-11-23', 50])
  expect(burndown([weekLater], '2022-11-01', '2025-11-23').layers[0]!.pieces.map(({ kind }) => kind)).toEqual(
    ['known'],
  )
})

test('a silence in which nothing else was counted is told once, as that of the whole', () => {
  const silences = [{ from: '2025-01-20', until: END }]
  const sum = { ...series('a', ['2025-01-20', 54], [END, 53]), silences }
  expect(burndown([sum], START, END).layers[0]).toMatchObject({ gaps: silences, halfGaps: [] })
})

test('a sum that rests on an old count claims nothing from that count on, however fresh its other parts', () => {
  const sum = series('a', ['2025-01-01', 100], ['2025-01-20', 90], ['2025-02-01', 80], ['2025-02-10', 70])
  const old = { count: 54, before: '2025-01-20' }
  const [layer] = burndown(
    [{ ...sum, silences: [{ from: '2025-01-20', until: null }], old }],
    START,
    '2025-02-20',
  ).layers
  expect(layer!.pieces.map(({ kind, points }) => [kind, points.at(-1)!.day])).toEqual([
    ['known', '2025-01-20'],
  ])
  expect(layer!.old).toEqual(old)
})

test('a series that has ended is gone, not unknown', () => {
  const retired = { ...series('Azkaban', ['2025-01-01', 170], ['2025-01-20', 0]), endedOn: '2025-02-01' }
  const drawn = burndown([retired, series('德祐', ['2025-01-10', 5], ['2025-02-05', 4])], START, '2025-02-28')
  expect(drawn.layers[0]?.pieces.at(-1)?.points.at(-1)?.day).toBe('2025-02-01')
  expect(drawn.rows.at(-1)?.total).toMatchObject({ count: 4, qualifier: 'exact', unknown: 0 })
})

test('daily readings are told in the table by the last counted day of each month', () => {
  const days = Array.from(
    { length: 100 },
    (_, index) => [addDays(START, index), 200 - index] as [string, number],
  )
  const { rows } = burndown([series('德祐', ...days)], START, END)
  expect(thinRows(rows, 100)).toHaveLength(100)
  expect(thinRows(rows, 45).map(({ day }) => day)).toEqual([
    '2025-01-31',
    '2025-02-28',
    '2025-03-31',
    '2025-04-10',
  ])
})

test('a window that ends before it starts is refused', () => {
  expect(() => burndown([], END, START)).toThrow(RangeError)
})
