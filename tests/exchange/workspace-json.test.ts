import { expect, test } from 'vitest'
import { openWorkspace } from '../../src/exchange/workspace-json.ts'
import { LATER_TABLES } from '../../src/exchange/workspace-later.ts'
import { WORKSPACE_TABLES } from '../../src/exchange/workspace-tables.ts'

const SYSTEM = {
  id: 1,
  version: 1,
  note: null,
  source: null,
  key: '账户1.0',
  name: '账户1.0',
  nameEn: null,
  role: 'legacy',
  status: 'draining',
  statusOn: null,
  statusReason: null,
  statusBeforeHold: null,
  reviewOn: null,
  overrideReason: null,
  replacement: null,
  owner: null,
  targetOn: null,
}
const RESIDUAL = {
  id: 1,
  version: 1,
  note: null,
  source: null,
  systemId: 1,
  key: '上海德祐',
  name: '上海德祐',
  nameEn: null,
  unit: 'order',
  segment: null,
  baseline: null,
  baselineOn: null,
  declaredRate: 0,
  declaredZeroOn: null,
  cadenceDays: null,
  closedOn: null,
  closedReason: null,
}
const READING = {
  id: 1,
  residualId: 1,
  day: '2026-03-31',
  count: 54,
  qualifier: 'exact',
  reason: null,
  note: null,
  source: null,
  recordedBy: '林晓',
  recordedAt: '2026-03-31T04:00:00.000Z',
  supersededAt: null,
  supersededBy: null,
  withdrawnReason: null,
}

const EVENT = {
  id: 1,
  version: 1,
  note: null,
  source: null,
  withdrawnOn: null,
  withdrawnReason: null,
  systemId: 1,
  serviceId: null,
  day: '2026-03-31',
  kind: 'cutover',
  title: '切量',
  fromStatus: null,
  toStatus: null,
}

/** A whole file of which some tables have rows. */
function file(rows: Record<string, unknown>, head: Record<string, unknown> = {}): string {
  const empty = Object.fromEntries(Object.keys(WORKSPACE_TABLES).map(table => [table, []]))
  const workspace = { revision: 3, simulatedSince: null }
  return JSON.stringify({
    format: 'last-orders/workspace',
    version: 1,
    workspace,
    ...empty,
    ...head,
    ...rows,
  })
}

async function read(text: string): Promise<Record<string, number>> {
  const { rows } = await openWorkspace(asBytes([text]))
  const counts: Record<string, number> = {}
  for await (const part of rows) counts[part.table] = (counts[part.table] ?? 0) + part.rows.length
  return counts
}

test('a file of ours is read, whatever its spacing', async () => {
  const text = JSON.stringify(
    JSON.parse(file({ system: [SYSTEM, { ...SYSTEM, id: 7, key: 'OP' }] })),
    null,
    4,
  )
  expect(await read(`\ufeff${text}\n\n`)).toMatchObject({ system: 2, audit_log: 0 })
})

test('of a rate in a file from before its day was kept, nobody knows the day', async () => {
  const { rows } = await openWorkspace(asBytes([file({ system: [SYSTEM], residual: [RESIDUAL] })]))
  const read: unknown[] = []
  for await (const part of rows) if (part.table === 'residual') read.push(...part.rows)
  expect(read).toEqual([{ ...RESIDUAL, declaredRateOn: null }])
})

test('a file from before plans, trials and maturity profiles is read all the same', async () => {
  const older = JSON.parse(file({ system: [SYSTEM] }))
  for (const table of Object.keys(LATER_TABLES)) delete older[table]
  expect(await read(JSON.stringify(older))).toMatchObject({ system: 1, kept_forecast: 0 })
})

test.each([
  ['{"a":1}', 'format: must come first and be "last-orders/workspace"'],
  ['', 'not JSON: line 1, column 1: unexpected end of text'],
  ['[]', 'not JSON: line 1, column 1: unexpected "["'],
  ['{"format":"last-orders/workspace",\n"version" 1}', 'not JSON: line 2, column 11: unexpected "1"'],
  [file({}, { version: 2 }), 'version: 2 was written by a newer version of Last Orders; this one reads 1'],
  [file({}, { workspace: { revision: -1, simulatedSince: null } }), 'workspace.revision: is too small'],
  [file({ system: {} }), 'system: must be a list'],
  [file({ extra: [] }), 'extra: is no part of a workspace'],
  [file({ system: [SYSTEM, 7] }), 'system[1]: must be an object'],
  [
    file({ system: [{ ...SYSTEM, status: 'ready' }] }),
    'system[0].status: must be one of migrating, cutover_pending',
  ],
  [file({ system: [{ ...SYSTEM, name: undefined }] }), 'system[0].name: is missing'],
  [file({ system: [{ ...SYSTEM, open: 3 }] }), 'system[0]: has the unknown field open'],
  [file({ system: [{ ...SYSTEM, key: 'a/b' }] }), 'system[0].key: must be a key'],
  [
    file({ system: [{ ...SYSTEM, note: 'a\u0000b' }] }),
    'system[0].note: has a character that cannot be kept',
  ],
  [file({ system: [{ ...SYSTEM, targetOn: '2026-02-30' }] }), 'system[0].targetOn: must be a day'],
  [
    file({ system: [SYSTEM], residual: [RESIDUAL], reading: [{ ...READING, count: 1_000_000_000_000 }] }),
    'reading[0].count: is too large',
  ],
  [file({ system: [SYSTEM, SYSTEM] }), 'system[1].id: must be more than 1'],
  [file({ system: [SYSTEM, { ...SYSTEM, id: 2 }] }), 'system[1].key: "账户1.0" is already there'],
  [file({ reading: [READING] }), 'reading[0].residualId: there is no residual 1'],
  [
    file({ system: [SYSTEM], event: [{ ...EVENT, systemId: null }] }),
    'event[0].systemId: must be given, or serviceId, and not both',
  ],
  [
    file({ system: [SYSTEM], event: [{ ...EVENT, serviceId: 1 }] }),
    'event[0].systemId: must be given, or serviceId, and not both',
  ],
  [file({}).replace('"residual":[],', ''), 'reading: is not expected here; residual comes next'],
  [`${file({}).slice(0, -1)}`, 'not JSON: line 1, column'],
  [`${file({})}{`, 'unexpected "{"'],
  [file({ system: [SYSTEM] }).replace('"legacy"', 'legacy'), 'not JSON: line 1, column'],
])('%.60s is refused: %s', async (text, words) => {
  await expect(read(text)).rejects.toThrow(words)
})

test('bytes that are no UTF-8 are refused', async () => {
  const bytes = asyncOf([new Uint8Array([0x7b, 0xff])])
  await expect(openWorkspace(bytes)).rejects.toThrow('file: is not UTF-8 text')
})

function asBytes(texts: string[]): AsyncIterable<Uint8Array> {
  return asyncOf(texts.map(text => new TextEncoder().encode(text)))
}

async function* asyncOf<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}
