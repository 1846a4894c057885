import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Landscape } from '../../src/domain/landscape.ts'
import { rankBlockers } from '../../src/domain/shutdown/acceleration.ts'
import { graphOf } from '../../src/domain/shutdown/graph.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'
import { comparePlan } from '../../src/domain/shutdown/plan.ts'
import { whatIf } from '../../src/domain/shutdown/what-if.ts'
import { landscapeJson, parseLandscape } from '../../src/exchange/landscape-json.ts'
import { ALL_KNOWN } from '../support/known-costs.ts'
import { landscapeOf, type Size } from '../support/large-landscape.ts'

const TODAY = '2026-08-22'
/** As `npm run cli` starts it, flags and all. */
const CLI = JSON.parse(readFileSync('package.json', 'utf8')).scripts.cli.replace(/^node /, '')

/** Prints what the analysis costs on large landscapes; nothing is asserted, machines differ. */
const folder = mkdtempSync(join(tmpdir(), 'shutdown-'))
try {
  wholeProcess(
    '64,000 services, 265,000 edges',
    landscapeOf({ services: 64_000, edges: 265_000, systems: 40 }),
  )
  wholeProcess('chain of 30,000 into a ring of 10,000, nothing held', chainAndRing())
  inside({ services: 10_000, edges: 40_000, systems: 40 })
  inside({ services: 100_000, edges: 1_000_000, systems: 40 })
} finally {
  rmSync(folder, { recursive: true })
}

function wholeProcess(name: string, landscape: Landscape) {
  const file = join(folder, 'landscape.json')
  const text = landscapeJson(landscape, TODAY)
  writeFileSync(file, text)
  const started = performance.now()
  const run = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" --import "${peakPrinter()}" ${CLI} analyze ${file} | wc -c`],
    { encoding: 'utf8' },
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(2)
  const sizes = `${inMegabytes(text.length)} MB in, ${inMegabytes(Number(run.stdout))} MB out`
  console.log(`analyze, ${name}: ${seconds} s, ${run.stderr.trim()} MB at most, ${sizes}`)
}

/** A module that makes the measured process print its peak memory when it ends. */
function peakPrinter(): string {
  const file = join(folder, 'peak.mjs')
  const print = 'console.error(Math.round(process.resourceUsage().maxRSS / 1024))'
  writeFileSync(file, `process.on('exit', () => ${print})`)
  return file
}

function inside(size: Size) {
  const landscape = landscapeOf(size)
  const text = landscapeJson(landscape, TODAY)
  const judgement = judge(landscape, TODAY)
  const graph = graphOf(landscape, TODAY)
  const change = { resolve: ['residual:system-3'], systems: ['system-4'], dropEdges: [], off: ['service-9'] }
  const judged = median(() => judge(landscape, TODAY))
  const walked = median(() => bareWalk(graph.providers.start, graph.providers.target))
  console.log(`${size.services} services, ${size.edges} edges:`)
  console.log(`  parse ${median(() => parseLandscape(text)).toFixed(1)} ms`)
  console.log(
    `  judge ${judged.toFixed(1)} ms, ${(judged / walked).toFixed(0)} x a bare breadth-first walk (${walked.toFixed(2)} ms)`,
  )
  console.log(`  what-if ${median(() => whatIf(judgement, change)).toFixed(1)} ms`)
  const asPlanned = { ...landscape, soakDays: 9 }
  console.log(`  plan compared ${median(() => comparePlan(asPlanned, TODAY, judgement)).toFixed(1)} ms`)
  // What was ranked for the same verdicts would be known.
  const anew = () => rankBlockers({ ...judgement, verdicts: [...judgement.verdicts] }, ALL_KNOWN)
  console.log(`  ranking by acceleration ${median(anew).toFixed(1)} ms`)
}

function bareWalk(start: Int32Array, target: Int32Array): number {
  const size = start.length - 1
  const isSeen = new Uint8Array(size)
  const queue = new Int32Array(size)
  let end = 0
  for (let root = 0, at = 0; root < size; root++) {
    if (isSeen[root]) continue
    isSeen[root] = 1
    queue[end++] = root
    for (; at < end; at++) {
      const n = queue[at]!
      for (let edge = start[n]!; edge < start[n + 1]!; edge++) {
        const next = target[edge]!
        if (isSeen[next]) continue
        isSeen[next] = 1
        queue[end++] = next
      }
    }
  }
  return end
}

function median(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  })
  return times.sort((a, b) => a - b)[2]!
}

function chainAndRing(): Landscape {
  const landscape = landscapeOf({ services: 40_000, edges: 0, systems: 0 })
  const next = (at: number) => (at === 39_999 ? 30_000 : at + 1)
  const [use] = landscapeOf({ services: 2, edges: 1, systems: 0 }).edges
  landscape.services = landscape.services.map(service => ({ ...service, state: 'on' }))
  landscape.edges = landscape.services.map((service, at) => ({
    ...use!,
    lastSeen: null,
    declared: true,
    until: null,
    from: service.id,
    to: landscape.services[next(at)]!.id,
  }))
  return landscape
}

function inMegabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}
