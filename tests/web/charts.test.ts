import { expect, test } from 'vitest'
import { burndown } from '../../src/domain/burndown.ts'
import type { BurndownSeries } from '../../src/domain/burndown-level.ts'
import { addDays } from '../../src/domain/calendar.ts'
import { drawBurndown } from '../../src/web/charts/burndown.ts'
import { keptSparkline } from '../../src/web/charts/kept-sparklines.ts'
import { drawSparkline } from '../../src/web/charts/sparkline.ts'
import { textWidth } from '../../src/web/charts/words.ts'

const words = {
  language: 'en' as const,
  t: (key: string, values = {}) => [key.replace('chart.', ''), ...Object.values(values)].join(' '),
}
const options = { ...words, id: 'estate', title: 'Estate', events: [] }

const deyou: BurndownSeries = {
  key: 'deyou',
  label: '上海德祐 <script>',
  readings: [{ day: '2023-11-30', count: 968, qualifier: 'exact' }],
}
const custody: BurndownSeries = {
  key: 'custody',
  label: '银行存管单',
  readings: [{ day: '2023-11-30', count: 3000, qualifier: 'at_least' }],
}

test('one day of readings is a column with a name, not an empty picture', () => {
  const chart = drawBurndown(burndown([custody, deyou], '2023-11-30', '2023-11-30'), options)
  const wide = chart.drawings[0]!
  expect(wide.layers.map(({ areas }) => areas.map(({ kind }) => kind))).toEqual([['known'], ['at_least']])
  expect(wide.names.map(({ text }) => text)).toEqual([deyou.label, custody.label])
  expect(chart.table.rows[0]?.cells.map(({ text }) => text)).toEqual(['at_least 3,000', '968'])
})

test('the days below a chart do not touch one another, however short the time is', () => {
  const chart = drawBurndown(burndown([deyou], '2023-11-22', '2024-02-20'), options)
  for (const { days } of chart.drawings)
    for (const [index, { x, text }] of days.slice(1).entries())
      expect(x - days[index]!.x).toBeGreaterThan(textWidth(text))
})

test('readings that no line reaches have columns that do not hide one another, however many there are', () => {
  const days = Array.from({ length: 300 }, (_, index) => addDays('2023-03-01', index))
  const readings = days.map(day => ({ day, count: 54, qualifier: 'exact' as const }))
  const daily: BurndownSeries = {
    key: 'daily',
    label: 'daily',
    readings,
    silences: [{ from: '2023-01-01', until: null }],
  }
  const old: BurndownSeries = { ...deyou, readings: [{ day: '2022-11-30', count: 7, qualifier: 'exact' }] }
  const chart = drawBurndown(burndown([old, daily], '2023-01-01', '2023-12-31'), options)
  for (const { layers, span } of chart.drawings) {
    const [columns, rooms] = layers.map(({ areas }) => areas.map(({ path }) => path.split(',')[0]!))
    expect(columns!.length).toBeGreaterThan(5)
    expect(columns!.length).toBeLessThan((span.right - span.left) / 12)
    expect(rooms).toEqual(columns)
  }
})

test('paths hold numbers only, whatever somebody called a system', () => {
  const chart = drawBurndown(burndown([custody, deyou], '2023-11-01', '2023-12-15'), options)
  const paths = chart.drawings.flatMap(({ layers }) =>
    layers.flatMap(({ areas, lines, dots, arrows }) => [...areas, ...lines, ...dots, { path: arrows }]),
  )
  for (const { path } of paths) expect(path).toMatch(/^[-MLHVhvlZ0-9.,]*$/)
})

test('what was done twice as of one day has one mark, and what else happened that day its own', () => {
  const event = { day: '2023-12-01', label: 'retired', kind: 'event' as const }
  const events = [event, { ...event, label: 'review' }, event]
  const chart = drawBurndown(burndown([deyou], '2023-11-01', '2023-12-15'), { ...options, events })
  expect(chart.events.map(({ label }) => label)).toEqual(['retired', 'review'])
  for (const drawing of chart.drawings)
    expect(drawing.events.map(({ title }) => title)).toEqual(['2023-12-01 retired', '2023-12-01 review'])
})

test('a window without readings is said in words and draws nothing', () => {
  const chart = drawBurndown(burndown([deyou], '2022-01-01', '2022-02-01'), options)
  expect(chart.drawings).toEqual([])
  expect(chart.uncounted).toEqual([deyou.label])
})

test('what is about so many makes a sum that is a lower bound "at least about", and so does a day between', () => {
  const day = '2023-11-30'
  const about = { ...deyou, readings: [{ day, count: 70, qualifier: 'about' as const }] }
  const later = { ...deyou, readings: [{ day: '2023-12-07', count: 20, qualifier: 'exact' as const }] }
  const totalsOf = (...some: BurndownSeries[]) =>
    drawBurndown(burndown(some, day, '2023-12-07'), options).table.rows.map(({ total }) => total)
  expect(totalsOf(about, custody)).toEqual(['atLeastAbout 3,070'])
  expect(totalsOf(about, { ...custody, readings: [] })).toEqual(['sumWithUnknown atLeastAbout 70 1'])
  expect(totalsOf(deyou, custody)).toEqual(['at_least 3,968'])
  const chart = drawBurndown(burndown([custody, later], day, '2023-12-07'), options)
  expect(chart.table.rows[0]!.cells.map(({ text }) => text)).toEqual(['atLeastAbout 3,000', '20'])
  expect(chart.table.rows[0]!.total).toBe('atLeastAbout 3,020')
  const sum = { ...custody, readings: [{ ...custody.readings[0]!, isAbout: true }] }
  const summed = drawBurndown(burndown([sum], day, day), options)
  expect(summed.legend[0]!.count).toBe('asOf atLeastAbout 3,000 2023-11-30')
})

test('a total of which nothing but "at least 0" is known is unknown', () => {
  const empty = { ...deyou, readings: [{ day: '2023-11-30', count: 0, qualifier: 'exact' as const }] }
  const uncounted = { ...custody, readings: [] }
  const chart = drawBurndown(burndown([empty, uncounted], '2023-11-01', '2023-12-15'), options)
  expect(chart.description).toContain('lastTotal 2023-11-30 unknown')
  expect(chart.table.rows[0]!.total).toBe('unknown')
})

test('what is "at least 0" is one more unknown of a total, beside what nobody has counted', () => {
  const bound = { ...custody, readings: [{ day: '2023-11-30', count: 0, qualifier: 'at_least' as const }] }
  const totalOf = (...some: BurndownSeries[]) =>
    drawBurndown(burndown(some, '2023-11-01', '2023-12-15'), options).table.rows[0]!.total
  expect(totalOf(deyou, bound)).toBe('sumWithUnknown at_least 968 1')
  expect(totalOf(deyou, bound, { ...custody, readings: [] })).toBe('sumWithUnknown at_least 968 2')
})

test('labels of events never touch each other or the axis; a narrow drawing has numbers only', () => {
  const days = [3, 9, 10, 14, 60, 61, 64, 150, 240, 241, 300, 364]
  const events = days.map(day => ({
    day: addDays('2023-01-01', day),
    label: `系统${day}：切量完成`,
    kind: 'event' as const,
  }))
  const chart = drawBurndown(burndown([deyou], '2023-01-01', '2023-12-31'), { ...options, events })
  for (const { size, frame, events: drawn } of chart.drawings) {
    let right = frame.left
    for (const { label, labelX } of drawn.filter(event => event.label)) {
      expect(labelX, label).toBeGreaterThanOrEqual(right)
      right = labelX + textWidth(label)
      if (size === 'narrow') expect(label).toMatch(/^[0-9]+(–[0-9]+)?$/)
    }
    expect(right).toBeLessThanOrEqual(frame.width)
  }
  expect(chart.drawings[0]!.events.map(({ label }) => label)).toContain('8 系统150：切量完成')
})

test('a lone reading above residuals that are too old to draw stands on the room kept for them', () => {
  const fresh = { ...custody, readings: [{ day: '2026-11-23', count: 950, qualifier: 'exact' as const }] }
  const wide = drawBurndown(burndown([deyou, fresh], '2025-11-23', '2026-11-23'), options).drawings[0]!
  expect(wide.layers.map(({ areas }) => areas.map(({ kind }) => kind))).toEqual([['known'], ['silent']])
})

test('years of daily readings keep the first and the last one and every event day', () => {
  const readings = Array.from({ length: 365 * 4 }, (_, index) => ({
    day: addDays('2020-01-01', index),
    count: 2000 - index,
    qualifier: 'exact' as const,
  }))
  const to = readings.at(-1)!.day
  const event = { day: '2022-05-05', label: 'cutover', kind: 'event' as const }
  const chart = drawBurndown(burndown([{ ...deyou, readings }], '2020-01-01', to), {
    ...options,
    events: [event],
  })
  const [start, ...steps] = chart.drawings[0]!.layers[0]!.lines[0]!.path.split('l').map(Number.parseFloat)
  const { span, events } = chart.drawings[0]!
  expect(start).toBeNaN()
  expect(span.left + steps[0]!).toBeCloseTo(events[0]!.x, 1)
  expect(span.left + steps[0]! + steps[1]!).toBeCloseTo(span.right, 1)
  expect(chart.points).toContain(`${to}\t`)
})

test('a kept sparkline is drawn anew when a count, the day or the language is another', () => {
  const draw = (count: number, to: string, language: 'zh' | 'en') => {
    const readings = [...deyou.readings, { day: '2023-12-10', count, qualifier: 'exact' as const }]
    return keptSparkline({ ...deyou, readings }, '2023-11-30', to, { ...words, language })
  }
  const drawn = draw(950, '2023-12-31', 'en')
  expect(draw(950, '2023-12-31', 'en')).toBe(drawn)
  for (const other of [
    draw(949, '2023-12-31', 'en'),
    draw(950, '2024-01-31', 'en'),
    draw(950, '2023-12-31', 'zh'),
  ])
    expect(other).not.toBe(drawn)
})

test('a sparkline leaves a gap open, and says so when nobody counted', () => {
  const readings = ['2025-01-01', '2025-01-11', '2025-01-21', '2025-06-01', '2025-06-11'].map(
    (day, index) => ({
      day,
      count: 50 - index,
      qualifier: 'exact' as const,
    }),
  )
  expect(drawSparkline({ ...deyou, readings }, '2025-01-01', '2025-06-11', words)).toMatchObject({
    kind: 'line',
    lines: [{ kind: 'known' }, { kind: 'known' }],
  })
  expect(drawSparkline({ ...deyou, readings: [] }, '2025-01-01', '2025-06-11', words)).toEqual({
    kind: 'uncounted',
    text: 'neverCounted',
  })
})
