import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Pages } from './bare-server.ts'

/** `startedIn` milliseconds to the first answer. */
export type Running = { url: string; pid: number; startedIn: number; stop: () => Promise<unknown> }

const PROJECT = resolve(import.meta.dirname, '../../..')
/** What `npm start` hands to node. */
const { scripts } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'))
const START: string[] = scripts.start.split(' ').slice(1)

/** The product as an operator starts it, up to its first answer. */
export async function startProduct(path: string): Promise<Running> {
  const started = performance.now()
  const child = spawn(process.execPath, START, {
    cwd: PROJECT,
    env: { ...process.env, DATABASE_URL: `sqlite:${path}`, PORT: '0', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((found, failed) => {
    child.stdout.on('data', chunk => {
      const address = /http:\/\/[\w.:[\]]+/.exec(String(chunk))
      if (address) found(address[0])
    })
    child.once('exit', code => failed(new Error(`the server ended with ${code}`)))
  })
  await (await fetch(url)).text()
  return { url, pid: child.pid!, startedIn: performance.now() - started, stop: () => stop(child) }
}

export async function startBare(path: string, pages: Pages): Promise<Running> {
  const started = performance.now()
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), [path])
  child.send(pages)
  const [port] = (await once(child, 'message')) as [number]
  const url = `http://127.0.0.1:${port}`
  await (await fetch(url)).text()
  return { url, pid: child.pid!, startedIn: performance.now() - started, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** Processor seconds that a process has used so far; NaN where the system does not say. */
export function processorSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return Number.NaN
  }
}

/** Resident memory in MiB, now or at its highest. */
export function memory(pid: number, kind: 'VmRSS' | 'VmHWM'): number {
  try {
    const line = new RegExp(`${kind}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return Math.round(Number(line?.[1]) / 1024)
  } catch {
    return Number.NaN
  }
}
