import { expect, test } from 'vitest'
import { burndown } from '../../src/domain/burndown.ts'
import { fanOf } from '../../src/domain/forecast/fan.ts'
import { drawBurndown } from '../../src/web/charts/burndown.ts'
import { fanWords } from '../../src/web/charts/fan.ts'
import { forecast, monthly, reading, TODAY } from '../domain/forecast/cast.ts'

const words = {
  language: 'en' as const,
  t: (key: string, values = {}) => [key.replace('chart.fan.', ''), ...Object.values(values)].join(' '),
}
const said = (...forecasts: ReturnType<typeof forecast>[]) => fanWords(fanOf(forecasts, TODAY), words)

test('a band over several residuals says under which assumption it adds them up', () => {
  const one = forecast(monthly(160, 140, 120))
  expect(said(one).keys.join()).not.toContain('together')
  expect(said(one, forecast(monthly(90, 80, 70))).keys).toContain('together 2')
})

test('what was counted too long ago is in no point of a band, which says how many that are', () => {
  const fresh = forecast(monthly(160, 140, 120))
  const old = [reading('2022-06-01', 3000, { qualifier: 'at_least' }), reading('2022-06-01', 0)]
  const { keys, rows } = said(fresh, ...old.map(one => forecast([one])))
  expect(keys).toContain('old 1 1 180')
  expect(rows).toEqual(said(fresh).rows)
  expect(said(fresh).keys.join()).not.toContain('old')
})

test('what the stack still holds of counts that are too old keeps its place below the band, whose numbers are without it', () => {
  const fresh = forecast([reading(TODAY, 70)])
  const fan = fanOf([fresh, forecast([reading('2022-06-01', 3000)])], TODAY)
  const series = (key: string, day: string, count: number) => ({
    key,
    label: key,
    readings: [{ day, count, qualifier: 'exact' as const }],
  })
  const [old, now] = [series('old', '2022-06-01', 3000), series('now', TODAY, 70)]
  const draw = (...stack: (typeof old)[]) =>
    drawBurndown(burndown(stack, '2024-06-01', TODAY), { ...words, id: 'a', title: 'A', events: [], fan })
  const held = draw(old, now)
  for (const { fan: drawn, place, layers } of held.drawings) {
    const [, start] = /^M[\d.]+,([\d.]+)/.exec(drawn!.median)!
    expect(layers[0]!.dots[0]!.path).toContain(`,${start}Z`)
    expect(place!.label!.text).toBe('place')
  }
  expect(held.fan!.keys).toContain('placeKey')
  expect(held.fan!.rows).toEqual(said(fresh).rows)
  expect(held.legend[1]!.count).toMatch(/placeKept 3,000/)

  const without = draw(now, old)
  for (const { place } of without.drawings) expect(place).toBeNull()
  expect(without.fan!.keys).not.toContain('placeKey')
  expect(without.legend[0]!.count).toMatch(/tooOld 3,000/)
})

test('over a lower bound each count of the band is one "or more"', () => {
  const bound = said(forecast([reading(TODAY, 3000, { qualifier: 'at_least' })]))
  for (const { cells } of bound.rows) for (const cell of cells) expect(cell).toMatch(/^orMore [\d,]+$/)
})

test('the sentence of a chart does not set its half below a bound', () => {
  const describe = (qualifier: 'exact' | 'at_least') => {
    const counted = { key: 'a', label: 'A', readings: [{ day: TODAY, count: 3000, qualifier }] }
    const fan = fanOf([forecast([reading(TODAY, 3000, { qualifier })])], TODAY)
    const options = { ...words, id: 'a', title: 'A', events: [], fan }
    return drawBurndown(burndown([counted], TODAY, TODAY), options).description
  }
  expect(describe('at_least')).toMatch(/ sentenceOpen 20\d\d-\d\d-\d\d orMore [\d,]+$/)
  expect(describe('exact')).toMatch(/ sentence 20\d\d-\d\d-\d\d [\d,]+$/)
})

test('where the lines meet because contracts end, that is said; where a count stands still, it is not', () => {
  const ends = [
    { endsOn: '2025-07-01', count: 106 },
    { endsOn: null, count: 12 },
  ]
  const contracts = forecast(monthly(140, 130, 118), { profiles: [{ day: TODAY, ends }] })
  expect(said(contracts).keys.join()).toMatch(/meets 2026-06-01 1\d/)
  expect(said(forecast(monthly(46, 46, 46, 46))).keys.join()).not.toContain('meets')
})
