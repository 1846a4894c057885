import { setTimeout } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { bareQueries } from './pages/bare-queries.ts'
import { bareWriter } from './pages/bare-writes.ts'
import { benchDatabase, removeDatabase } from './pages/database.ts'
import { median } from './pages/load.ts'
import { startProduct } from './pages/servers.ts'

/**
 * A round of 1,000 counts in one call of the API beside the same writes by hand in one transaction, in turn, each on a
 * fresh copy of 1,000 systems: `node tests/bench/round.ts [COUNTS]`. By hand nothing is parsed, checked or asked.
 */
const COUNTS = Number(process.argv[2] ?? 1000)
const TRIES = 5
const DAY = Temporal.Now.plainDateISO().toString()

const [ours, bare]: [number[], number[]] = [[], []]
for (let at = 0; at < TRIES; at++) {
  bare.push(await onCopy(byHand))
  ours.push(await onCopy(byApi))
}
const ratio = median(ours) / median(bare)
console.log(
  `${COUNTS} counts in one call: ${median(ours).toFixed(0)} ms, by hand ${median(bare).toFixed(0)} ms`,
)
console.log(`${ratio.toFixed(2)} times as long (goal at most 2) ${ratio <= 2 ? 'reached' : 'MISSED'}`)

async function onCopy(work: (path: string) => Promise<number>): Promise<number> {
  const path = await benchDatabase({ systems: 1000, every: 1 })
  try {
    return await work(path)
  } finally {
    removeDatabase(path)
  }
}

type Latest = { id: number; count: number }

function latestIn(path: string): Latest[] {
  const db = new Database(path, { readonly: true })
  const text = 'select id, latest_count as count from residual where latest_count > 9 order by id limit ?'
  const rows = db.prepare(text).all(COUNTS) as Latest[]
  db.close()
  return rows
}

async function byHand(path: string): Promise<number> {
  const residuals = latestIn(path)
  const queries = bareQueries(path)
  const write = bareWriter(queries)
  const all = queries.db.transaction(() => {
    for (const { id, count } of residuals) write(id, DAY, count - 1)
  })
  const started = performance.now()
  all()
  const took = performance.now() - started
  queries.db.close()
  return took
}

async function byApi(path: string): Promise<number> {
  const residuals = latestIn(path)
  const product = await startProduct(path)
  try {
    while ((await fetch(product.url)).headers.get('etag')?.includes('so-far')) await setTimeout(500)
    const counts = Object.fromEntries(residuals.map(({ id, count }) => [id, { count: count - 1 }]))
    const body = JSON.stringify({ day: DAY, counts })
    const started = performance.now()
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${product.url}/api/v1/readings`, { method: 'POST', headers, body })
    const { recorded } = (await answer.json()) as { recorded?: unknown[] }
    if (recorded?.length !== residuals.length) throw new Error(`the round was answered with ${answer.status}`)
    return performance.now() - started
  } finally {
    await product.stop()
  }
}
