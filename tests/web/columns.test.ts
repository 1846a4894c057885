import { assert, integer, property, uniqueArray } from 'fast-check'
import { expect, test } from 'vitest'
import { burndown } from '../../src/domain/burndown.ts'
import type { BurndownSeries } from '../../src/domain/burndown-level.ts'
import { addDays } from '../../src/domain/calendar.ts'
import { drawBurndown } from '../../src/web/charts/burndown.ts'
import type { Drawing } from '../../src/web/charts/drawing.ts'

const FROM = '2026-01-01'
const TODAY = '2026-11-23'
const fan = {
  points: [
    { day: TODAY, p15: 0, p50: 0, p85: 0 },
    { day: addDays(TODAY, 300), p15: 0, p50: 0, p85: 0 },
  ],
  running: 1,
  held: 0,
  old: 0,
  oldCount: 0,
  isOpen: false,
  isScheduled: false,
}
const options = {
  language: 'en' as const,
  t: (key: string) => key,
  id: 'estate',
  title: 'Estate',
  events: [],
  fan,
}

function counted(key: string, days: readonly number[], silences: BurndownSeries['silences'] = []) {
  const readings = days.map(day => ({
    day: addDays(FROM, day),
    count: 500 - day,
    qualifier: 'exact' as const,
  }))
  return { key, label: key, readings, silences }
}

/** Part of the first system has not been counted since March; the second one is counted every month. */
function draw(days: readonly number[]): Drawing[] {
  const half = counted('half', days, [{ from: '2026-03-01', until: null }])
  const months = counted('months', [0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 326])
  return drawBurndown(burndown([half, months], FROM, TODAY), options).drawings
}

/** From where to where each drawn claim of a layer is wide: areas between counts, and columns. */
function claimsOf({ layers }: Drawing, layer: number): { left: number; right: number }[] {
  const claims = layers[layer]!.areas.filter(({ kind, path }) => kind === 'known' && path !== '')
  const sides = claims.map(({ path }) => {
    const column = /^M([\d.]+),[\d.]+h([\d.]+)v/.exec(path)
    if (column) return { left: Number(column[1]), right: Number(column[1]) + Number(column[2]) }
    const steps = [...path.matchAll(/[Ml](-?[\d.]+),/g)].map(([, step]) => Number(step))
    const right = steps.reduce((at, step) => (step < 0 ? at : at + step), 0)
    return { left: steps[0]!, right }
  })
  return sides.sort((one, other) => one.left - other.left)
}

test('what a layer claims is drawn once, never over itself and never past today', () => {
  assert(
    property(uniqueArray(integer({ min: 0, max: 326 }), { minLength: 1, maxLength: 60 }), days => {
      for (const drawing of draw(days)) {
        const claims = claimsOf(drawing, 1)
        for (const [index, { left, right }] of claims.entries()) {
          expect(right).toBeLessThanOrEqual(drawing.span.right + 0.11)
          expect(left).toBeGreaterThanOrEqual((claims[index - 1]?.right ?? 0) - 0.11)
        }
      }
    }),
  )
})

test('a system of which a part is too old has a column for its counts, with room between them and none below', () => {
  const weekly = Array.from({ length: 47 }, (_, week) => week * 7)
  const { layers, span } = draw(weekly)[0]!
  const columns = claimsOf(draw(weekly)[0]!, 1)
  expect(columns.length).toBeGreaterThan(10)
  expect(columns.at(-1)!.right).toBeCloseTo(span.right, 0)
  const room = layers[1]!.areas.find(({ kind }) => kind === 'silent')!
  expect(room.path.split('Z').length - 1).toBe(columns.length)
})
