import { expect, test } from 'vitest'
import { parseReadings } from '../../src/exchange/readings-csv.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const problemsOf = (text: string) =>
  parseReadings(bytes(text)).problems.map(({ row, code, value }) => `${row} ${code} ${value}`)

test.each([
  ['commas', 'series,date,count\na,2025-01-01,5\n'],
  ['semicolons and Windows line ends', 'series;date;count\r\na;2025-01-01;5\r\n'],
  ['tabs, other order, capitals, no last line end', 'Count\tSERIES\tdate\n5\ta\t2025-01-01'],
  ['a byte order mark and spaces', '\uFEFFseries, date, count\na , 2025-01-01 , 5\n\n'],
  ['quotes', '"series","date","count"\n"a","2025-01-01","5"\n'],
  ['old Mac line ends', 'series,date,count\ra,2025-01-01,5\r'],
])('a file with %s', (_, text) => {
  expect(parseReadings(bytes(text))).toEqual({
    series: [
      {
        name: 'a',
        asOf: null,
        readings: [{ day: '2025-01-01', count: 5, qualifier: 'exact', reason: null }],
      },
    ],
    problems: [],
  })
})

test('a Chinese file from a spreadsheet is read in its own encoding', () => {
  const name = [0xbd, 0xf0, 0xc8, 0xda]
  const file = Uint8Array.from([...bytes('series,date,count\n'), ...name, ...bytes(',2025-01-01,54\n')])
  expect(parseReadings(file).series[0]!.name).toBe('金融')
})

test.each([
  ['3000+', 3000, 'at_least'],
  ['>=3000', 3000, 'at_least'],
  ['≥ 3000', 3000, 'at_least'],
  ['~50', 50, 'about'],
  ['约50', 50, 'about'],
  ['0', 0, 'exact'],
  ['12.0', 12, 'exact'],
  ['1000000000', 1_000_000_000, 'exact'],
])('%s is a count', (text, count, qualifier) => {
  const { series } = parseReadings(bytes(`series,date,count\na,2025-01-01,${text}`))
  expect(series[0]!.readings[0]).toMatchObject({ count, qualifier })
})

test('a series has its own day, and a reading its qualifier and reason', () => {
  const { series, problems } = parseReadings(
    bytes(
      'series,as_of,date,count,qualifier,reason\na,2025-03-01,2025-01-01,5,about,recount\nb,,2025-01-01,6,,',
    ),
  )
  expect(problems).toEqual([])
  expect(series).toMatchObject([
    { asOf: '2025-03-01', readings: [{ qualifier: 'about', reason: 'recount' }] },
    { asOf: null, readings: [{ qualifier: 'exact', reason: null }] },
  ])
})

test('every bad row is reported with its number and reason, blank lines counted', () => {
  const rows = [
    'series,date,count',
    'a,2025-02-30,1',
    '',
    'a,2025-01-01,',
    'a,2025-01-01,-1',
    'a,2025-01-01,1.5',
    'a,2025-01-01,99999999999999999999',
    ',2025-01-01,1',
    'a,2025-01-01',
    'a,2025-01-01,1,1',
  ]
  expect(problemsOf(rows.join('\n'))).toEqual([
    '2 not_a_day 2025-02-30',
    '4 not_a_count ',
    '5 not_a_count -1',
    '6 not_a_count 1.5',
    '7 not_a_count 99999999999999999999',
    '8 no_series ',
    '9 column_count 2',
    '10 column_count 4',
  ])
})

test('the optional columns are checked as well', () => {
  const rows = [
    'series,date,count,as_of,qualifier,reason',
    'a,2025-01-01,1,soon,,',
    'a,2025-01-01,1,,roughly,',
    'a,2025-01-01,1,,,magic',
    'a,2025-01-01,1,2025-02-01,,',
    'a,2025-01-02,1,2025-02-02,,',
  ]
  expect(problemsOf(rows.join('\n'))).toEqual([
    '2 not_a_day soon',
    '3 unknown_qualifier roughly',
    '4 unknown_reason magic',
    '6 two_as_of 2025-02-02',
  ])
})

test.each([
  ['', '1 no_column series|1 no_column date|1 no_column count'],
  ['series,count\na,5', '1 no_column date'],
  ['series,date,count\n\n', '1 no_rows '],
  ['series,date,count,Date\na,2025-01-01,5,2025-01-02', '1 column_twice date'],
])('a file %j without its columns', (text, problems) => expect(problemsOf(text).join('|')).toBe(problems))

test('a cell of two lines is in one row, as in a spreadsheet', () => {
  const rows = 'series,date,count\n"a\nb",2025-01-01,5\n\na,2025-02-30,1'
  expect(problemsOf(rows)).toEqual(['4 not_a_day 2025-02-30'])
})

test('a count is as large as a form would take it, and no larger', () => {
  const rows = 'series,date,count\na,2025-01-01,999999999999\na,2025-01-02,1000000000000'
  expect(problemsOf(rows)).toEqual(['3 not_a_count 1000000000000'])
})

test('a quote that never closes is a problem of the file', () => {
  const [problem] = parseReadings(bytes('series,date,count\na,2025-01-01,"4\n')).problems
  expect(problem).toMatchObject({ row: 2, code: 'not_csv' })
})
