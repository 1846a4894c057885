import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { afterAll, expect, test, vi } from 'vitest'
import { registerForecast } from '../../src/cli/commands.ts'

const FILE = `series,date,count
loans,2025-02-01,1000
loans,2025-03-01,800
loans,2025-04-01,640
loans,2025-05-01,450
loans,2025-06-01,300
cards,2025-06-01,3000+
gone,2025-05-01,0
later,2025-07-01,7
old,2024-01-01,7
`

const folder = mkdtempSync(join(tmpdir(), 'forecast-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function forecast(file: string, ...options: string[]) {
  const path = join(folder, 'readings.csv')
  writeFileSync(path, file)
  let status = 0
  const errors: string[] = []
  const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const program = new Command().exitOverride().configureOutput({ writeErr: text => errors.push(text) })
  registerForecast(program)
  try {
    await program.parseAsync(['forecast', '--readings', path, ...options], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    status = error.exitCode
  }
  const stdout = print.mock.calls.map(([text]) => text).join('')
  print.mockRestore()
  return { status, stdout, stderr: errors.join('') }
}

test('as JSON: state, days to zero and to other levels, counts at the horizons', async () => {
  const { status, stdout } = await forecast(
    FILE,
    ...[
      '--as-of',
      '2025-06-01',
      '--json',
      '--probs',
      '0.1,0.5,0.9',
      '--horizons',
      '90',
      '--levels',
      'half,quarter,10',
    ],
  )
  expect(status).toBe(0)
  const answer = JSON.parse(stdout)
  expect(answer).toMatchObject({ asOf: '2025-06-01', probs: [0.1, 0.5, 0.9], horizons: [90] })
  expect(answer.series.loans).toEqual({
    state: 'burning',
    last: { date: '2025-06-01', count: 300 },
    zero: { days: [55.6, 698.1, null], within730: 0.509, p50: 189.5, p85: 499.5 },
    reach: {
      half: [12.7, 159.1, null],
      150: [12.7, 159.1, null],
      quarter: [20.5, 258, null],
      75: [20.5, 258, null],
      10: [38, 476.7, null],
    },
    count: { 90: [0, 231, 299] },
  })
  expect(answer.series.cards).toMatchObject({ state: 'lower_bound', count: { 90: [372, 2672, null] } })
  expect(answer.series.gone).toMatchObject({ state: 'done', zero: { days: [0, 0, 0], within730: 1, p50: 0 } })
  expect(answer.series.later).toMatchObject({
    state: 'never_counted',
    last: null,
    zero: { within730: null, p50: null },
  })
  expect(answer.series.old).toMatchObject({ state: 'one_reading', staleSince: '2024-01-01' })
})

test('each series may have its own day', async () => {
  const { stdout } = await forecast(
    'series,as_of,date,count\na,2025-01-05,2025-01-01,4\na,2025-01-05,2025-02-01,2\n',
    '--json',
  )
  expect(JSON.parse(stdout)).toMatchObject({
    asOf: null,
    series: { a: { asOf: '2025-01-05', last: { count: 4 } } },
  })
})

test('as a table for people', async () => {
  const { stdout } = await forecast(
    `${FILE}many,2025-06-01,90000000\nmany,2025-01-01,9\nquiet,2020-01-01,9\nquiet,2020-02-01,8\n`,
    '--as-of',
    '2025-06-01',
  )
  const lines = stdout.split('\n')
  expect(lines[1]).toMatch(/^loans +burning +300 on 2025-06-01 +51 % +2025-12-08 +2026-10-14 +0 to 299$/)
  expect(stdout).toMatch(/\nquiet +burning, stale since 2020-02-01 /)
  expect(lines[2]).toMatch(/at least 3000 on 2025-06-01 +at most 31 % .* 372 to open$/)
  expect(lines[3]).toMatch(/^gone +done +0 on 2025-05-01 +gone +2025-05-01/)
  expect(lines[4]).toMatch(/^later +never counted +- +unknown/)
})

test('readings that were not used are told on standard error', async () => {
  const { stdout, stderr } = await forecast(`${FILE}gone,2025-05-01,0\n`, '--as-of', '2025-06-01', '--json')
  expect(Object.keys(JSON.parse(stdout).series)).toHaveLength(5)
  expect(stderr).toContain('after the day of the forecast, not used: 1\n')
  expect(stderr).toContain('of a day that has a later line, not used: 1\n')
})

test('bad rows: number and reason on standard error, nothing on standard output', async () => {
  const bad = 'series,date,count\na,2025-01-01,x\na,yesterday,5\n'
  const { status, stdout, stderr } = await forecast(bad, '--as-of', '2025-06-01')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('row 2: "x" is not a count')
  expect(stderr).toContain('row 3: "yesterday" is not a day')
})

test('the program itself reads standard input and ends with code 2 on a bad row', () => {
  const run = (input: string) =>
    spawnSync(
      process.execPath,
      ['src/cli.ts', 'forecast', '--readings', '-', '--as-of', '2025-06-01', '--json'],
      { input, encoding: 'utf8' },
    )
  expect(JSON.parse(run(FILE).stdout).series.loans.state).toBe('burning')
  expect(run(`${FILE}loans,2025-06-01,many\n`).status).toBe(2)
})

test.each([
  [['--as-of', '2025-02-30'], 'is not a day'],
  [[], '--as-of'],
  [['--as-of', '2025-06-01', '--probs', '0,0.5'], '--probs'],
  [['--as-of', '2025-06-01', '--horizons', ''], '--horizons'],
  [['--as-of', '2025-06-01', '--horizons', '30,1e9'], '--horizons'],
  [['--as-of', '2025-06-01', '--horizons', '30.5'], '--horizons'],
  [['--as-of', '9999-12-31'], '--as-of'],
  [['--as-of', '2025-06-01', '--levels', 'some'], '--levels'],
  [['--as-of', '2025-06-01', '--readings', '/nowhere.csv'], 'there is no such file'],
])('%j is refused with exit code 2', async (options, words) => {
  const { status, stderr } = await forecast(FILE, ...options)
  expect(status).toBe(2)
  expect(stderr).toContain(words)
})
