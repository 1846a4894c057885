import { setTimeout } from 'node:timers/promises'
import type { Pages } from './pages/bare-server.ts'
import { benchDatabase, removeDatabase, type Size } from './pages/database.ts'
import { type Form, formsFor } from './pages/form.ts'
import { inTurn, median, type Work } from './pages/load.ts'
import { type Line, printFirstPages, printGrowth, printLimit, printRatios } from './pages/report.ts'
import { memory, type Running, startBare, startProduct } from './pages/servers.ts'
import { measureStarts, type Starts, settledMemory } from './pages/starts.ts'

/**
 * The pages beside a bare `node:http` server, all sizes in turn in one run: `node tests/bench/pages.ts [SYSTEMS...]`.
 * What the bare server does is said below and in README.md.
 */
const sizes = process.argv.slice(2).map(Number).filter(Boolean)
const SIZES: Size[] = [
  ...(sizes.length > 0 ? sizes : [9, 1000, 10_000]).map(systems => ({ systems, every: 1 })),
  { systems: 1000, every: 10 },
]
/** So many first pages, since their times vary by chance more than by the size of the register. */
const CHANGES = 45
const RUNS = { rounds: Number(process.env.ROUNDS ?? 5), seconds: 1 }

console.log(`The bare server is node:http in a process of its own, on the same database file (SQLite, WAL, synchronous=FULL).
It prepares its queries once, writes the rows it reads with template strings, fills the rest with the text of our own
page, and sends the same headers. It keeps nothing between requests. Overview: 50 systems with gates and services, the
estate's daily totals and those of the 7 largest systems; no sums over the estate, no layout of the chart. System:
residuals, a year of readings, gates, costs, services, events, history; no blockers, no layout. Shutdown: reads systems,
services, uses and gates; judges nothing. Write: one transaction with reading, kept totals and history; checks nothing.`)

type Place = Size & { ours: Running; bare: Running; form: () => Form }
const places: Place[] = []
const paths: string[] = []
try {
  for (const size of SIZES) paths.push(await benchDatabase(size))
  printStarts(await measureStarts(paths))
  for (const [at, size] of SIZES.entries()) places.push(await open(size, paths[at]!))
  await measure(places)
} finally {
  for (const { ours, bare } of places) await Promise.all([ours.stop(), bare.stop()])
  paths.forEach(removeDatabase)
}

function printStarts(starts: readonly Starts[]): void {
  console.log(
    '\nStart to first answer, and memory after it, medians; a bare server on the same machine beside it',
  )
  for (const [at, { systems, every }] of SIZES.entries()) {
    if (every !== 1) continue
    const { seconds, fastest, slowest, bareSeconds, idle } = starts[at]!
    const range = `${fastest.toFixed(2)} to ${slowest.toFixed(2)}; bare ${bareSeconds.toFixed(2)}`
    printLimit(`start, ${systems} systems`, seconds, `s, ${range}`, 0.5)
    printLimit(`memory idle, ${systems} systems`, idle, 'MiB', 120)
  }
}

async function open(size: Size, path: string): Promise<Place> {
  const ours = await startProduct(path)
  await allForecasts(ours.url)
  const idle = await settledMemory(ours.pid)
  const text = async (address: string) => {
    const answer = await fetch(ours.url + address)
    const {
      date: _,
      connection: __,
      'keep-alive': ___,
      'transfer-encoding': ____,
      ...headers
    } = Object.fromEntries(answer.headers)
    if (!answer.ok) console.log(`  ${address} answers ${answer.status}`)
    return { text: await answer.text(), headers }
  }
  const pages: Pages = {
    overview: await text('/'),
    system: await text(systemOf(size)),
    shutdown: await text('/shutdown'),
  }
  const kilobytes = Object.entries(pages).map(
    ([name, page]) => `${name} ${Math.round(page.text.length / 1000)}`,
  )
  const every = size.every === 1 ? 'day' : `${size.every} days`
  console.log(
    `${size.systems} systems, a reading every ${every}, thousands of characters: ${kilobytes.join(', ')}`,
  )
  printLimit('  memory with its forecasts', idle, 'MiB', 120)
  return { ...size, ours, bare: await startBare(path, pages), form: formsFor(path) }
}

/** The first forecast of the day goes on beside the pages for a while; it is no part of what they cost. */
async function allForecasts(url: string): Promise<void> {
  while ((await fetch(url)).headers.get('etag')?.includes('so-far')) await setTimeout(500)
}

function systemOf({ systems }: Size): string {
  return `/systems/system-${systems < 10 ? 4 : systems / 2}`
}

async function measure(places: readonly Place[]): Promise<void> {
  const lines = new Map<Place, Line[]>(places.map(place => [place, []]))
  const compare = async (name: string, goal: number, work: (place: Place) => Work, bareWork = work) => {
    const servers = places.flatMap(place => [
      { server: place.ours, work: work(place) },
      { server: place.bare, work: bareWork(place) },
    ])
    const measured = await inTurn(servers, RUNS)
    for (const [at, place] of places.entries())
      lines.get(place)!.push({ name, goal, ours: measured[2 * at]!, bare: measured[2 * at + 1]! })
  }
  const reading = { connections: 10 }
  await compare('overview', 0.5, () => ({ path: '/', ...reading }))
  const etags = new Map<Place, string>()
  for (const place of places) etags.set(place, (await fetch(place.ours.url)).headers.get('etag') ?? '')
  await compare(
    'overview, nothing changed',
    1,
    place => ({ path: '/', ...reading, headers: { 'if-none-match': etags.get(place)! } }),
    () => ({ path: '/', ...reading }),
  )
  await compare('system', 0.7, place => ({ path: systemOf(place), ...reading }))
  await compare('shutdown', 0, () => ({ path: '/shutdown', ...reading }))
  await compare('written reading', 0.5, ({ form }) => ({ path: '/', connections: 4, form }))
  for (const place of places)
    if (place.every === 1) printRatios(`${place.systems} systems`, lines.get(place)!)
  const of = (systems: number, every: number) => {
    const place = places.find(one => one.systems === systems && one.every === every)
    return place && lines.get(place)
  }
  const [thousand, most, few] = [of(1000, 1), of(10_000, 1), of(1000, 10)]
  if (thousand && most) printGrowth('From 1,000 to 10,000 systems', 1.2, thousand, most)
  if (thousand && few) printGrowth('From a tenth of the readings to all, 1,000 systems', 1.2, few, thousand)
  console.log('\nUnder load, at most')
  for (const { systems, every, ours } of places)
    if (every === 1) printLimit(`memory, ${systems} systems`, memory(ours.pid, 'VmHWM'), 'MiB', 350)
  await afterChange(places.filter(({ every }) => every === 1))
}

/** What is kept from one change of the register to the next has to be made anew once. */
async function afterChange(places: readonly Place[]): Promise<void> {
  console.log('\nThe first page after a change, ours : bare, medians')
  const addresses = { overview: () => '/', system: systemOf, shutdown: () => '/shutdown' }
  for (const [name, addressOf] of Object.entries(addresses)) {
    const times = new Map(places.map(place => [place, { ours: [] as number[], bare: [] as number[] }]))
    for (let at = 0; at < CHANGES; at++) {
      for (const [place, { ours, bare }] of times) {
        await write(place)
        ours.push(await timeOf(place.ours.url + addressOf(place)))
        bare.push(await timeOf(place.bare.url + addressOf(place)))
      }
    }
    const firstPages = Array.from(times, ([{ systems }, { ours, bare }]) => ({
      systems,
      ours: median(ours),
      bare: median(bare),
    }))
    printFirstPages(name, 1.2, firstPages)
  }
}

async function write({ ours, form }: Place): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
  const { path, body } = form()
  await fetch(ours.url + path, { method: 'POST', headers, body, redirect: 'manual' })
}

async function timeOf(address: string): Promise<number> {
  const started = performance.now()
  await (await fetch(address)).text()
  return performance.now() - started
}
