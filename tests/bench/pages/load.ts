import autocannon from 'autocannon'
import type { Form } from './form.ts'
import { processorSeconds, type Running } from './servers.ts'

/** Requests per second and processor milliseconds per request, the medians of runs in turn. */
export type Measured = { perSecond: number; processorMs: number; p99: number }
export type Work = {
  path: string
  connections: number
  headers?: Record<string, string>
  /** The next form that is sent. */
  form?: () => Form
}

/** Lets every server answer the same work, in turn, `rounds` times. */
export async function inTurn(
  servers: readonly { server: Running; work: Work }[],
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Measured[]> {
  const runs: Measured[][] = servers.map(() => [])
  for (const { server, work } of servers) await run(server, work, seconds / 2)
  for (let round = 0; round < rounds; round++) {
    for (const [at, { server, work }] of servers.entries()) runs[at]!.push(await run(server, work, seconds))
  }
  return runs.map(some => ({
    perSecond: median(some.map(one => one.perSecond)),
    processorMs: median(some.map(one => one.processorMs)),
    p99: median(some.map(one => one.p99)),
  }))
}

async function run({ url, pid }: Running, work: Work, seconds: number): Promise<Measured> {
  const before = processorSeconds(pid)
  const { path, connections, headers, form } = work
  const post = {
    method: 'POST' as const,
    path,
    headers: {
      ...headers,
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
    },
    setupRequest: (request: object) => ({ ...request, ...form?.() }),
  }
  const requests = form ? { requests: [post as autocannon.Request] } : {}
  const result = await autocannon({ url: url + path, connections, headers, duration: seconds, ...requests })
  const wrong = result.errors + result['4xx'] + result['5xx']
  if (wrong > 0) throw new Error(`${wrong} of ${result.requests.total} answers of ${url}${path} were wrong`)
  const answers = result.requests.total
  const used = processorSeconds(pid) - before
  return {
    perSecond: answers / result.duration,
    processorMs: (used / answers) * 1000,
    p99: result.latency.p99,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]!
}
