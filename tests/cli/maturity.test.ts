import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { afterAll, expect, test, vi } from 'vitest'
import { registerForecast } from '../../src/cli/commands.ts'

const READINGS = `series,date,count
loans,2025-05-01,450
loans,2025-06-01,300
cards,2025-06-01,~100
gone,2025-06-01,0
`
const DAY = ['--as-of', '2025-06-01']

const folder = mkdtempSync(join(tmpdir(), 'maturity-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function forecast(maturity: string, ...options: string[]) {
  const [readings, ends] = [join(folder, 'readings.csv'), join(folder, 'ends.csv')]
  writeFileSync(readings, READINGS)
  writeFileSync(ends, maturity)
  const errors: string[] = []
  const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const program = new Command().exitOverride().configureOutput({ writeErr: text => errors.push(text) })
  registerForecast(program)
  const files = ['--readings', readings, '--maturity', ends]
  const status = await program.parseAsync(['forecast', ...files, ...options], { from: 'user' }).then(
    () => 0,
    error => {
      if (!(error instanceof CommanderError)) throw error
      return error.exitCode
    },
  )
  const stdout = print.mock.calls.map(([text]) => text).join('')
  print.mockRestore()
  return { status, stdout, stderr: errors.join('') }
}

test('the end days of contracts enter the forecast of their series, and the answer says how', async () => {
  const ends = 'series,date,count\nloans,2025-09-30,200\nloans,2025/12/31,60\nloans,-,40\ncards,-,97\n'
  const { status, stdout } = await forecast(ends, ...DAY, '--json')
  expect(status).toBe(0)
  const { loans, cards, gone } = JSON.parse(stdout).series
  expect(loans.profile).toEqual({ kind: 'adds_up', profile: 300, count: 300, withoutEnd: 40, open: 40 })
  const plain = JSON.parse((await forecast('series,date,count\ncards,-,97\n', ...DAY, '--json')).stdout)
  expect(loans.count[180][9]).not.toBe(plain.series.loans.count[180][9])
  expect([plain.series.loans.profile, gone.profile]).toEqual([undefined, undefined])
  expect(cards.profile).toMatchObject({ kind: 'set_aside', withoutEnd: 97 })
  const table = (await forecast(ends, ...DAY)).stdout
  expect(table).toMatch(/^loans +burning, by contracts /m)
  expect(table).toMatch(/^cards +one reading, contracts set aside /m)
})

test.each([
  ['loans,2025-13-01,300', 'row 2: "2025-13-01" is not a day'],
  ['loans,2025-06-01,300', 'row 2: 2025-06-01 is not after the day of the forecast (2025-06-01)'],
  ['loans,2085-06-01,300', 'row 2: 2085-06-01 is more than 50 years ahead'],
  ['loans,-,200\nloans,-,100', 'row 3: "-" stands in row 2 already'],
  ['loans,-,-300', 'row 2: a number of contracts cannot be negative: -300'],
  ['loans,-,"3,000"', 'row 2: "3,000" has separators'],
  ['loans,-,many', 'row 2: "many" is not a whole number'],
  ['loans,2025-09-30,', 'row 2: needs a date, or - for no end day, and a count'],
  [
    'loans,-,299',
    'row 2: the contracts of the series add up to 299, but the count of 2025-06-01 is 300: 1 missing',
  ],
  ['loans,-,301', '300: 1 too many'],
  ['loans,-,0', 'row 2: the contracts of the series add up to nothing'],
  ['lones,-,300', 'row 2: there is no series "lones" among the readings'],
  ['loans,-,300,x\nloans,-', 'row 2: has 4 fields'],
  ['', 'row 1: no row follows'],
])('%j is refused at its row with exit code 2', async (rows, words) => {
  const { status, stdout, stderr } = await forecast(`series,date,count\n${rows}\n`, ...DAY)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('--maturity: ')
  expect(stderr).toContain(words)
})

test('a file that is not there is refused, and what is wrong is told of every row', async () => {
  const { status, stderr } = await forecast('', ...DAY, '--maturity', '/nowhere.csv')
  expect([status, stderr]).toEqual([
    2,
    expect.stringContaining('--maturity: /nowhere.csv: there is no such file'),
  ])
  const all = (await forecast('series,date,count\nloans,x,1\nnobody,-,1\ncards,-,y\n', ...DAY)).stderr
  expect(all.match(/row \d/g)).toEqual(['row 2', 'row 3', 'row 4'])
})
