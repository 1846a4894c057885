import { setTimeout } from 'node:timers/promises'
import type { Pages } from './bare-server.ts'
import { median } from './load.ts'
import { memory, type Running, startBare, startProduct } from './servers.ts'

/** Seconds to the first answer, the fastest and slowest too, and MiB right after it, of starts in turn. */
export type Starts = { seconds: number; fastest: number; slowest: number; bareSeconds: number; idle: number }

const TIMES = 7
/** What the bare server fills its pages up with; here they may stay short. */
const NOTHING = { text: '', headers: {} }
const EMPTY: Pages = { overview: NOTHING, system: NOTHING, shutdown: NOTHING }

/** Starts both servers on each database in turn, once unmeasured, so that compiled code and files are at hand. */
export async function measureStarts(paths: readonly string[]): Promise<Starts[]> {
  const measured = paths.map(() => ({ ours: [] as number[], bare: [] as number[], idle: [] as number[] }))
  for (let round = 0; round <= TIMES; round++) {
    for (const [at, path] of paths.entries()) {
      const ours = await once(() => startProduct(path))
      const bare = await once(() => startBare(path, EMPTY))
      if (round === 0) continue
      measured[at]!.ours.push(ours.startedIn)
      measured[at]!.idle.push(ours.idle)
      measured[at]!.bare.push(bare.startedIn)
    }
  }
  return measured.map(({ ours, bare, idle }) => ({
    seconds: median(ours) / 1000,
    fastest: Math.min(...ours) / 1000,
    slowest: Math.max(...ours) / 1000,
    bareSeconds: median(bare) / 1000,
    idle: median(idle),
  }))
}

async function once(start: () => Promise<Running>) {
  const running = await start()
  const idle = memory(running.pid, 'VmRSS')
  await running.stop()
  // What a server leaves to the system when it ends is no part of the next one's start.
  await setTimeout(100)
  return { startedIn: running.startedIn, idle }
}

/** MiB once nothing is under way any more: the forecasts of the day are kept. */
export async function settledMemory(pid: number): Promise<number> {
  for (let last = Number.NaN; ; ) {
    await setTimeout(4000)
    const now = memory(pid, 'VmRSS')
    if (now === last || Number.isNaN(now)) return now
    last = now
  }
}
