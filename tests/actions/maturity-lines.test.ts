import { expect, test } from 'vitest'
import { readMaturityLine } from '../../src/actions/maturity-lines.ts'

test.each([
  ['2026-12-31,40', 40],
  ['2026-12-31   40', 40],
  ['2026-12-31 \t 40', 40],
  ['2026/12/31 、 40', 40],
  ['2026年12月31日;40', 40],
])('%j is an end day and a count', (line, count) => {
  expect(readMaturityLine(line, '2026-03-31', new Map())).toEqual({ endsOn: '2026-12-31', count })
})

test.each(['40', ',40', ''])('%j lacks one of the two', line => {
  expect(readMaturityLine(line, '2026-03-31', new Map())).toMatchObject({ code: 'maturity.no_count' })
})

test('a pasted line of many blanks is refused at once', () => {
  const begun = performance.now()
  const read = readMaturityLine(`合同${' '.repeat(40_000)}一`, '2026-03-31', new Map())
  expect(read).toEqual({ code: 'maturity.not_a_day', values: { text: '合同' } })
  expect(performance.now() - begun).toBeLessThan(1000)
})
