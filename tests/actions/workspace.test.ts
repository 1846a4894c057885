import { describe, expect, test } from 'vitest'
import { plantRegister } from '../../seeds/plant.ts'
import { makeUseOfComplaint, noteComplaint } from '../../src/actions/complaints.ts'
import { exportWorkspace } from '../../src/actions/export-workspace.ts'
import { importWorkspace } from '../../src/actions/import-workspace.ts'
import { recordProfile } from '../../src/actions/maturity.ts'
import { keepPlan } from '../../src/actions/plans.ts'
import { withdrawReading } from '../../src/actions/readings.ts'
import { startTrial } from '../../src/actions/trials.ts'
import type { Context } from '../../src/context.ts'
import { openWorkspace } from '../../src/exchange/workspace-json.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findSystem } from '../../src/store/systems.ts'
import { findDifferences } from '../../src/store/verify.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const [sqlite, postgres] = databases
const empty = async (kind: (typeof databases)[number]) => contextOn('2026-03-31', await kind.open())

test('a register goes from SQLite to PostgreSQL and back, and its file keeps every byte', async () => {
  const origin = await livedIn()
  const file = await exported(origin)
  const there = await imported(file, await empty(postgres))
  expect(await exported(there)).toBe(file)
  const back = await imported(await exported(there), await empty(sqlite))
  expect(await exported(back)).toBe(file)
  expect(await findDifferences(there.db)).toEqual([])
  expect(await findDifferences(back.db)).toEqual([])
})

describe.each(databases)('on $name', kind => {
  test('after an import the register goes on where it was: totals, history, next ids', async () => {
    const origin = await livedIn()
    const context = await imported(await exported(origin), await empty(kind))
    expect(await findSystem(context.db, '账户1.0')).toEqual(await findSystem(origin.db, '账户1.0'))
    expect(await listHistory(context.db, {}, 1000)).toEqual(await listHistory(origin.db, {}, 1000))
    const systemId = await addSystem(context, { key: '新系统' })
    await count(context, await addResidual(context, systemId), '2026-03-31', '5')
    expect(await readRevision(context.db)).toBe((await readRevision(origin.db)) + 3)
    expect(await findDifferences(context.db)).toEqual([])
  })

  test('a database that holds anything takes no import', async () => {
    const file = await exported(await livedIn())
    const context = await empty(kind)
    await addSystem(context)
    await expect(imported(file, context)).rejects.toThrow('already holds a register')
    expect((await listHistory(context.db, {}, 10)).length).toBe(1)
  })

  test.each([
    [
      'a wrong field',
      (file: string) => file.replace('"noun":"gate"', '"noun":7'),
      /^audit_log\[\d+\]\.noun: must be/,
    ],
    ['two readings in force of one day', twoInForce, /^reading, id 1 to \d+: the database refuses them/],
    ['a file that ends early', (file: string) => file.slice(0, -200), /^not JSON: line \d+, column \d+/],
  ])('%s, and nothing of the file is kept', async (_name, spoil, words) => {
    const context = await empty(kind)
    await expect(imported(spoil(await exported(await livedIn())), context)).rejects.toThrow(words)
    expect(await readRevision(context.db)).toBe(0)
    expect(await listHistory(context.db, {}, 10)).toEqual([])
    await addSystem(context)
  })
})

/** The real register with a correction, a withdrawal and a second round. */
async function livedIn(): Promise<Context> {
  const context = await empty(sqlite)
  await plantRegister(context)
  const rows = await context.db.selectFrom('residual').select(['id', 'key']).execute()
  const id = rows.find(row => row.key === '上海德祐')!.id
  for (const [day, text] of [
    ['2026-01-31', '900'],
    ['2026-02-28', '~850'],
    ['2026-02-28', '840'],
    ['2026-03-31', '84'],
  ] as const)
    await count(context, id, day, text, { note: 'Seen by "ops" \\ 🚧\nline' })
  const [wrong] = await listReadings(context.db, id, 1)
  await withdrawReading(context, wrong!.id, { reason: '少打一个零' })
  await planAndTry(context)
  await recordProfile(context, id, { day: '2026-03-30', ends: '2027-01-31,840', note: '台账' })
  return context
}

/** A kept plan, and a trial shutdown with a complaint that became a use. */
async function planAndTry(context: Context): Promise<void> {
  await keepPlan(context, { name: '三月计划', note: '"\\ 🚧' })
  const trial = await startTrial(context, await addService(context, '试停服务'), { startedOn: '2026-03-01' })
  const complaint = { day: '2026-03-02', complainant: '财务', complaint: '没有对账单' }
  const id = await noteComplaint(context, trial, complaint)
  await makeUseOfComplaint(context, id, { userKind: 'external', user: '某银行', version: 1 })
}

async function exported(context: Context): Promise<string> {
  let text = ''
  await exportWorkspace(context, async pieces => {
    for await (const piece of pieces) text += piece
  })
  return text
}

async function imported(text: string, context: Context): Promise<Context> {
  await importWorkspace(context, await openWorkspace(inPieces(text)))
  return context
}

async function* inPieces(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  for (let from = 0; from < bytes.length; from += 5000) yield bytes.subarray(from, from + 5000)
}

function twoInForce(file: string): string {
  return file.replace(/"supersededAt":"[^"]*","supersededBy":\d+/, '"supersededAt":null,"supersededBy":null')
}
