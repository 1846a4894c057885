import { array, assert, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { burndown } from '../../src/domain/burndown.ts'
import { addDays } from '../../src/domain/calendar.ts'
import { bendsOf, type Line, UNSEEN } from '../../src/web/charts/bends.ts'
import { drawBurndown } from '../../src/web/charts/burndown.ts'
import type { Drawing } from '../../src/web/charts/drawing.ts'

const t = (key: string, values = {}) => [key, ...Object.values(values)].join(' ')
const options = { language: 'en' as const, t, id: 'estate', title: 'Estate', events: [] }

/** Places with gaps of one to nine pixels, and lines over some of them. */
const picture = record({
  gaps: array(integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 60 }),
  lines: array(array(integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 60 }), { maxLength: 4 }),
}).map(({ gaps, lines }) => ({
  places: gaps.map((_, index) => gaps.slice(0, index).reduce((sum, gap) => sum + gap, 0)),
  lines: lines.map((heights, index) => {
    const at = index % gaps.length
    return { at, heights: heights.slice(0, gaps.length - at).map(height => height / 4) }
  }),
}))

test('no line passes what it leaves out by more than is seen, and both its ends stay', () => {
  assert(
    property(picture, ({ places, lines }) => {
      const kept = bendsOf(places, lines, [])
      for (const { at, heights } of lines) {
        expect(kept.has(at) && kept.has(at + heights.length - 1)).toBe(true)
        for (const [index, height] of heights.entries())
          expect(Math.abs(drawnAt(at + index, places, { at, heights }, kept) - height)).toBeLessThanOrEqual(
            UNSEEN,
          )
      }
    }),
  )
})

test('what is thinned once is thin', () => {
  assert(
    property(picture, ({ places, lines }) => {
      const kept = [...bendsOf(places, lines, [0])].sort((one, other) => one - other)
      const again = lines.map(({ at, heights }) => ({
        at: kept.indexOf(at),
        heights: heights.filter((_, index) => kept.includes(at + index)),
      }))
      const left = kept.map(place => places[place]!)
      expect(bendsOf(left, again, [0]).size).toBe(kept.length)
    }),
  )
})

/** How high a line through the kept places alone is at a place. */
function drawnAt(place: number, places: readonly number[], { at, heights }: Line, kept: Set<number>): number {
  let [from, to] = [place, place]
  while (!kept.has(from)) from -= 1
  while (!kept.has(to)) to += 1
  const [first, last] = [heights[from - at]!, heights[to - at]!]
  return from === to
    ? first
    : first + ((last - first) * (places[place]! - places[from]!)) / (places[to]! - places[from]!)
}

const DAYS = 3650
const TO = addDays('2016-01-01', DAYS - 1)

/** Ten years of daily counts, as `countOn` has them, and their last day. */
function daily(key: string, countOn: (day: number) => number) {
  const readings = Array.from({ length: DAYS }, (_, day) => ({
    day: addDays('2016-01-01', day),
    count: countOn(day),
    qualifier: 'exact' as const,
  }))
  return { key, label: key, readings }
}

function draw(...series: ReturnType<typeof daily>[]) {
  return drawBurndown(burndown(series, '2016-01-01', TO), options)
}

/** The corners of the lines of a layer, in pixels; the highest layer is the first. */
function cornersOf({ layers }: Drawing, layer: number): { x: number; y: number }[] {
  return layers[layer]!.lines.flatMap(({ path }) => {
    let [x, y] = [0, 0]
    return [...path.matchAll(/[Ml](-?[\d.]+),(-?[\d.]+)/g)].map(([, dx, dy]) => {
      x += Number(dx)
      y += Number(dy)
      return { x, y }
    })
  })
}

test('however many counts there are and however they jump, the width bounds what is drawn of them', () => {
  const chart = draw(
    daily('one', day => 500 + ((day * 7919) % 300)),
    daily('other', day => 700 + ((day * 104_729) % 200)),
  )
  for (const drawing of chart.drawings) {
    const pixels = drawing.span.right - drawing.span.left
    const [other, one] = [cornersOf(drawing, 0), cornersOf(drawing, 1)]
    expect(one.length).toBeLessThanOrEqual(pixels + 4)
    expect(one.map(({ x }) => x)).toEqual(other.map(({ x }) => x))
  }
  expect(chart.points.split('\n').length).toBeLessThanOrEqual(682 / 5 + 3)
})

test('what falls evenly is a straight line with the shapes of its readings on it, counted as often or not', () => {
  const wide = draw(daily('even', day => 4000 - day)).drawings[0]!
  expect(cornersOf(wide, 0)).toHaveLength(2)
  expect(wide.layers[0]!.dots[0]!.path.split('l').length).toBeGreaterThan(100)
})

test('a rise of a single day stays as high as it was, and a layer ends on the day of its zero', () => {
  const chart = draw(daily('leak', day => (day === 1501 ? 1600 : day < 3000 ? 1000 : 0)))
  for (const drawing of chart.drawings) {
    const { frame, span } = drawing
    const corners = cornersOf(drawing, 0)
    const whole = corners.find(({ x }) => x > span.right - 1)!.y - Math.min(...corners.map(({ y }) => y))
    expect(Math.abs(frame.bottom - corners.at(-1)!.y)).toBeLessThan(0.2)
    const highest = corners.filter(({ y }) => frame.bottom - y > whole - 1)
    expect(highest).toHaveLength(1)
    const emptyFrom = span.left + (3000 / (DAYS - 1)) * (span.right - span.left)
    const firstEmpty = corners.find(({ y }) => frame.bottom - y < 0.2)!
    expect(Math.abs(firstEmpty.x - emptyFrom)).toBeLessThan(2)
  }
})
