import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { addDays } from '../../src/domain/calendar.ts'
import { forecastResidual } from '../../src/domain/forecast/residual.ts'
import { statementsOf } from '../../src/domain/forecast/statements.ts'
import { generateBurndowns } from './forecast/generated.ts'
import { CLASSIC } from './forecast/methods.ts'
import { type Scores, scoreMethod } from './forecast/score.ts'
import { forecast, name } from './forecast-ours.ts'

/** Measure, lowest and highest value that is good enough, on recorded series. */
const BARS: [keyof Scores | 'vsBase', number, number, string][] = [
  ['crps', 0, 0.172, 'error of the counts (nCRPS)'],
  ['vsBase', 0, 0.94, 'ratio to the base rate'],
  ['mase', 0, 0.8, 'error of the median against the last value (MASE)'],
  ['cov80', 0.76, 0.9, 'the 80 % interval covers'],
  ['cov30', 0.72, 0.94, 'the same at 30 days'],
  ['cov180', 0.72, 0.94, 'the same at 180 days'],
  ['ibs', 0, 0.19, 'error of the dates (integrated Brier)'],
  ['ece', 0, 0.03, 'calibration error'],
  ['m50', 0.42, 0.62, 'there by P50, of those within two years'],
  ['m85', 0.8, 0.95, 'there by P85, of those within two years'],
  ['gap2y', -0.12, 0.12, 'gap in the chance within two years'],
]

const RECORDED = resolve('../shared/forecast')
const OURS = resolve('tests/bench/forecast-ours.ts')
const BESIDE = 'naive-last,last-rate,avg-since-start,linreg-90d,mc-days 90d,mc-weeks,exp-decay,base rate'

const isRecorded = existsSync(join(RECORDED, 'backtest.mjs'))
const scores = isRecorded ? scoreRecorded() : scoreGenerated()
printTable(scores)
if (isRecorded) printBars(scores[name]!)
printSpeed()

type Row = Partial<Record<keyof Scores | 'vsBase', number>>

function scoreRecorded(): Record<string, Row> {
  console.log(`recorded series in ${RECORDED}`)
  const folder = mkdtempSync(join(tmpdir(), 'forecast-'))
  const json = join(folder, 'scores.json')
  const options = ['--set', 'open', '--module', OURS, '--only', `${name},${BESIDE}`, '--json', json]
  const run = spawnSync(process.execPath, [join(RECORDED, 'backtest.mjs'), ...options], { stdio: 'inherit' })
  if (run.status !== 0) process.exit(1)
  const { open } = JSON.parse(readFileSync(json, 'utf8')) as { open: Record<string, Row> }
  rmSync(folder, { recursive: true })
  return open
}

function scoreGenerated(): Record<string, Row> {
  console.log(
    'GENERATED series, none recorded: this shows that the bench works, not how good the method is; no bars',
  )
  const burndowns = generateBurndowns(60)
  const methods = { [name]: forecast, ...CLASSIC }
  return Object.fromEntries(
    Object.entries(methods).map(([title, method]) => [title, scoreMethod(method, burndowns)]),
  )
}

function printTable(rows: Record<string, Row>): void {
  const picked = Object.entries(rows).map(([method, row]) => [
    method,
    Object.fromEntries(BARS.map(([measure]) => [measure, Number(row[measure]?.toFixed(3))])),
  ])
  console.table(Object.fromEntries(picked))
}

function printBars(ours: Row): void {
  for (const [measure, low, high, title] of BARS) {
    const value = ours[measure]
    if (value === undefined) continue
    const verdict = value >= low && value <= high ? 'reached    ' : 'NOT REACHED'
    console.log(`${verdict}  ${title}: ${value.toFixed(4)}   (${low} to ${high})`)
  }
}

/** 200 weekly readings each, a quarter of them stalled: the dearest case; the whole way from readings to what is said. */
function printSpeed(): void {
  const residuals = Array.from({ length: 400 }, (_, index) =>
    Array.from({ length: 200 }, (_, reading) => ({
      day: addDays('2026-01-01', -7 * (200 - reading)),
      count: Math.round((500 + index) * 0.98 ** (index % 4 === 0 ? 50 : reading)) + 1,
      qualifier: 'exact' as const,
      reason: null,
    })),
  )
  const rounds = 100
  const start = performance.now()
  for (let round = 0; round < rounds; round++) {
    for (const readings of residuals) {
      const input = { readings, declaredPerMonth: null, profiles: [], widening: 1 }
      const result = forecastResidual({ ...input, status: 'draining' }, '2026-01-01')
      if (result.kind === 'running') statementsOf(result.law, '2026-01-01', '2026-12-31')
    }
  }
  const seconds = (performance.now() - start) / 1000
  const each = (1000 * seconds) / (rounds * residuals.length)
  const said = (isFast: boolean) => (isFast ? 'reached    ' : 'NOT REACHED')
  console.log(`${said(each < 0.2)}  ms per residual with 200 readings: ${each.toFixed(3)}   (below 0.2)`)
  console.log(
    `${said(seconds < 8)}  s for ${rounds * residuals.length} residuals: ${seconds.toFixed(1)}   (below 8)`,
  )
}
