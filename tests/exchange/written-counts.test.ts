import { expect, test } from 'vitest'
import { readCount } from '../../src/actions/number-input.ts'
import { parseReadings } from '../../src/exchange/readings-csv.ts'

/** What a form reads, and what a file reads in its column `count`. */
function both(text: string) {
  const form = readCount(text)
  const quoted = `"${text.replaceAll('"', '""')}"`
  const { series } = parseReadings(new TextEncoder().encode(`series,date,count\na,2026-01-01,${quoted}\n`))
  const { count, qualifier } = series[0]?.readings[0] ?? {}
  const file = count === undefined ? null : { count, qualifier }
  return { form: 'value' in form ? form.value : null, file }
}

test.each([
  ['54', 54, 'exact'],
  ['54.0', 54, 'exact'],
  ['５４', 54, 'exact'],
  ['54单', 54, 'exact'],
  ['*54', 54, 'about'],
  ['约 54 单', 54, 'about'],
  ['至少54', 54, 'at_least'],
  ['>=54', 54, 'at_least'],
  ['３０００单＋', 3000, 'at_least'],
])('%j means the same in a form and in a file', (text, count, qualifier) => {
  const read = { count, qualifier }
  expect(both(text)).toMatchObject({ form: read, file: read })
})

test.each(['~3000+', '3.000', '3,000', '1.5', '1e3', '-5', '9999999999999', 'many'])(
  '%j is a count in neither',
  text => {
    expect(both(text)).toEqual({ form: null, file: null })
  },
)

test('a lower bound with separators is proposed as a lower bound', () => {
  expect(readCount('1,200+')).toMatchObject({ code: 'input.count_grouped', values: { digits: '1200+' } })
  expect(readCount('至少1,200 单')).toMatchObject({ values: { digits: '至少1200单' } })
})

test('a count with a page of blanks in it is answered at once', () => {
  const begun = performance.now()
  expect(readCount(`5${' '.repeat(40_000)}x`)).toMatchObject({ code: 'input.count' })
  expect(performance.now() - begun).toBeLessThan(1000)
})
