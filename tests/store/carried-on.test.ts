import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeGate, createGate, reopenGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { keepPlan } from '../../src/actions/plans.ts'
import { withdrawReading } from '../../src/actions/readings.ts'
import { closeResidual, editResidual, reopenResidual } from '../../src/actions/residuals.ts'
import { editService } from '../../src/actions/services.ts'
import { bringBackService, shutDownService } from '../../src/actions/shutdowns.ts'
import { changeStatus, editSystem } from '../../src/actions/systems.ts'
import { startTrial } from '../../src/actions/trials.ts'
import { createDependency, createExternal, editUse } from '../../src/actions/uses.ts'
import { waive, withdraw } from '../../src/actions/withdrawals.ts'
import type { Context } from '../../src/context.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'
import { openDatabase } from '../../src/store/database.ts'
import { loadEstate, readEstate } from '../../src/store/estate.ts'
import { loadEstateOutlook, loadWidening } from '../../src/store/estate-forecasts.ts'
import { loadOutlooks } from '../../src/store/forecasts.ts'
import { loadJudged } from '../../src/store/judged.ts'
import { loadLandscape } from '../../src/store/landscape.ts'
import { carriedOn } from '../../src/store/per-revision.ts'
import type { Tables } from '../../src/store/schema.ts'
import { listTouched } from '../../src/store/touched.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'
const DAYS = { quietDays: 30, soakDays: 7 }

/** A row of a table by chance, and two numbers to choose with. */
type Draw = { which: number; one: number; other: number }

const DAY = (n: number) => `2026-03-${String(1 + (n % 31)).padStart(2, '0')}`
const LATER = (n: number) => `2026-0${4 + (n % 5)}-15`
const COUNTS = ['0', '5', '90', '~7', '>=3', '0', '60']
const USE = { strength: 'hard', needs: 'from' }

const ACTS = {
  count: async (context: Context, draw: Draw) =>
    count(context, await idOf(context, 'residual', draw), DAY(draw.one), COUNTS[draw.other % 7]!),
  withdrawReading: async (context: Context, draw: Draw) =>
    withdrawReading(context, await idOf(context, 'reading', draw), { reason: '误录' }),
  addResidual: async (context: Context, draw: Draw) =>
    addResidual(context, await idOf(context, 'system', draw), {
      key: `r${draw.one}`,
      declaredZeroOn: LATER(draw.other),
    }),
  editResidual: async (context: Context, draw: Draw) => {
    const { id, version, key } = await rowOf(context, 'residual', draw)
    const declaredZeroOn = draw.one % 2 ? LATER(draw.other) : ''
    return editResidual(context, id, { key, name: key, unit: 'order', declaredZeroOn, version })
  },
  closeResidual: async (context: Context, draw: Draw) => {
    const { id, version, latest_count, latest_qualifier } = await rowOf(context, 'residual', draw)
    const answers = [latest_count === null ? 'close:unknown' : `close:${latest_count}:${latest_qualifier}`]
    return closeResidual(context, id, { on: TODAY, reason: '完结', answers, version })
  },
  reopenResidual: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'residual', draw)
    return reopenResidual(context, id, { reason: '又有了', version })
  },
  addSystem: async (context: Context, { one }: Draw) =>
    addSystem(context, { key: `s${one}`, name: `s${one}` }),
  editSystem: async (context: Context, draw: Draw) => {
    const { id, version, key, role } = await rowOf(context, 'system', draw)
    const [renamed, other] = [`${key.slice(0, 3)}-${draw.one}`, draw.other % 3 ? role : 'stay']
    return editSystem(context, id, { key: renamed, name: key, role: other, roleReason: '决定', version })
  },
  changeStatus: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'system', draw)
    const to = ['draining', 'on_hold', 'retired', 'cancelled', 'cutover_pending'][draw.one % 5]
    const move = { to, on: TODAY, reason: '决定', reviewOn: LATER(0), overrideReason: '例外', version }
    return answered(more => changeStatus(context, id, { ...move, ...more }))
  },
  addGate: async (context: Context, draw: Draw) => {
    const owner = await ownerOf(context, draw)
    const kind = 'serviceId' in owner ? 'no_consumers' : 'cutover'
    const gate = { key: `g${draw.one}`, name: '切量', kind, state: 'open', closesOn: LATER(draw.other) }
    return createGate(context, owner, gate)
  },
  closeGate: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'gate', draw)
    return closeGate(context, id, { on: DAY(draw.one), evidence: '报告', version })
  },
  reopenGate: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'gate', draw)
    return reopenGate(context, id, { state: 'unknown', reason: '误关', version })
  },
  addService: async (context: Context, draw: Draw) =>
    addService(context, `v${draw.one}`, [(await rowOf(context, 'system', draw)).key]),
  editService: async (context: Context, draw: Draw) => {
    const { id, version, key } = await rowOf(context, 'service', draw)
    const systems = draw.other % 3 ? [(await rowOf(context, 'system', draw)).key] : []
    const role = ['legacy', 'stay', 'follows', ''][draw.other % 4]
    return editService(context, id, {
      key: `${key.slice(0, 3)}-${draw.one}`,
      name: key,
      role,
      systems,
      version,
    })
  },
  shutDown: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'service', draw)
    const off = { on: DAY(draw.one), overrideReason: '例外', version }
    return answered(more => shutDownService(context, id, { ...off, ...more }))
  },
  bringBack: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'service', draw)
    return answered(more => bringBackService(context, id, { reason: '还有人用', version, ...more }))
  },
  confirm: async (context: Context, draw: Draw) =>
    confirmNoConsumers(context, await idOf(context, 'service', draw), { evidence: '日志' }),
  trial: async (context: Context, draw: Draw) =>
    startTrial(context, await idOf(context, 'service', draw), { startedOn: TODAY }),
  use: async (context: Context, draw: Draw) => {
    const consumer = (await rowOf(context, 'service', draw)).key
    const provider = (await rowOf(context, 'service', { ...draw, which: draw.one })).key
    return createDependency(context, { ...USE, consumer, provider, declaredOn: DAY(draw.other) })
  },
  outsider: async (context: Context, draw: Draw) => {
    const provider = (await rowOf(context, 'service', draw)).key
    return createExternal(context, { ...USE, name: `外${draw.one}`, provider, lastSeenOn: DAY(draw.other) })
  },
  editUse: async (context: Context, draw: Draw) => {
    const noun = draw.one % 3 ? 'dependency' : 'external_consumer'
    const { id, version } = await rowOf(context, noun, draw)
    const seen = { lastSeenOn: DAY(draw.other), untilOn: LATER(draw.one) }
    return editUse(context, noun, id, { ...USE, ...seen, strength: draw.one % 2 ? 'hard' : 'soft', version })
  },
  waive: async (context: Context, draw: Draw) => {
    const noun = (['gate', 'dependency', 'external_consumer'] as const)[draw.one % 3]!
    const { id, version } = await rowOf(context, noun, draw)
    const waiver = { waivedBy: '林晓', waiverReason: '例外', waivedUntil: LATER(draw.other), version }
    return waive(context, noun, id, waiver)
  },
  withdraw: async (context: Context, draw: Draw) => {
    const nouns = ['gate', 'dependency', 'external_consumer', 'monthly_cost'] as const
    const noun = nouns[draw.one % 4]!
    const { id, version } = await rowOf(context, noun, draw)
    return withdraw(context, noun, id, { reason: '误建', version })
  },
  cost: async (context: Context, draw: Draw) => {
    const cost = { kind: draw.one % 2 ? 'people' : 'machines', amountFen: `${draw.other}`, currency: 'CNY' }
    return createCost(context, await ownerOf(context, draw), cost)
  },
  plan: async (context: Context, draw: Draw) => keepPlan(context, { name: `计划${draw.one}` }),
}

const turns = fc.array(
  fc.record({
    act: fc.constantFrom(...(Object.keys(ACTS) as (keyof typeof ACTS)[])),
    which: fc.nat(5),
    one: fc.nat(40),
    other: fc.nat(40),
    looks: fc.boolean(),
  }),
  { minLength: 10, maxLength: 40 },
)

describe.each(databases)('on $name', ({ name, open, newUrl }) => {
  test('whatever people do, what is carried on is what is read from the beginning', async () => {
    const runs = name === 'SQLite' ? 25 : 3
    await fc.assert(
      fc.asyncProperty(turns, async todo => {
        const context = contextOn(TODAY, await open())
        await begin(context)
        for (const { act, looks, ...draw } of todo) {
          await ACTS[act](context, draw).catch(leaveRefused)
          if (looks) await expectSame(context)
        }
        await expectSame(context)
      }),
      { numRuns: runs },
    )
  }, 120_000)

  test('one instance sees what another does', async () => {
    const url = await newUrl()
    const [one, other] = [contextOn(TODAY, openDatabase(url)), contextOn(TODAY, openDatabase(url))]
    await begin(one)
    for (const act of ['count', 'editSystem', 'closeGate', 'use', 'editService', 'count'] as const) {
      await expectSame(other)
      await ACTS[act](one, { which: 0, one: 1, other: 0 }).catch(leaveRefused)
    }
    await expectSame(other)
    await Promise.all([one.db.destroy(), other.db.destroy()])
  })

  test('a call after somebody confirmed that there are none is noticed', async () => {
    const context = contextOn(TODAY, await open())
    const { provider, gate, use } = await begin(context)
    await expectSame(context)
    await closeGate(context, gate, { on: '2026-03-10', evidence: '日志', version: 1 })
    await expectSame(context)
    await editUse(context, 'dependency', use, { ...USE, lastSeenOn: '2026-03-20', version: 1 })
    await expectSame(context)
    const { landscape } = await loadJudged(context.db, TODAY, DAYS)
    expect(landscape.services.find(({ id }) => id === provider)).toMatchObject({ gates: [{ state: 'open' }] })
  })

  test('of two ways to see one revision the last is kept, and the other carried on from it', async () => {
    const context = contextOn(TODAY, await open())
    await begin(context)
    const see = (way: string) =>
      carriedOn<number>(context.db, 'ways', TODAY, async earlier => (earlier?.answer ?? 0) + 1, way)
    expect([await see('a'), await see('a'), await see('b'), await see('a')]).toEqual([1, 1, 2, 3])
  })

  test('a revision that nobody can account for makes everything be read anew', async () => {
    const context = contextOn(TODAY, await open())
    await begin(context)
    const before = await readRevision(context.db)
    expect(await listTouched(context.db, 0, before)).toBeNull()
    expect(await listTouched(context.db, before - 1, before)).not.toBeNull()
    await expectSame(context)
    await context.db.updateTable('system').set({ status: 'on_hold' }).execute()
    await context.db
      .updateTable('workspace')
      .set({ revision: before + 1 })
      .execute()
    expect(await listTouched(context.db, before, before + 1)).toBeNull()
    await expectSame(context)
  })
})

async function begin(context: Context) {
  const [one, other] = [await addSystem(context), await addSystem(context, { key: 'OP', name: 'OP' })]
  for (const [id, key] of [
    [one, 'a'],
    [one, 'b'],
    [other, 'c'],
  ] as const)
    await addResidual(context, id, { key })
  await createGate(context, { systemId: one }, { key: 'g', name: 'g', kind: 'cutover', state: 'open' })
  await addService(context, 'uacc', ['账户1.0'])
  const provider = 'zjjg'
  const serviceId = await addService(context, provider, ['OP'])
  const use = await createDependency(context, {
    ...USE,
    consumer: 'uacc',
    provider,
    declaredOn: '2026-03-01',
  })
  const noConsumers = { key: 'n', name: 'n', kind: 'no_consumers', state: 'open' }
  return { provider, use, gate: await createGate(context, { serviceId }, noConsumers) }
}

async function expectSame(context: Context): Promise<void> {
  const { db } = context
  const [judged, estate, outlooks] = [
    await loadJudged(db, TODAY, DAYS),
    await loadEstate(db, TODAY, 30),
    await loadEstateOutlook(db, TODAY),
  ]
  const ids = (await db.selectFrom('system').select('id').orderBy('id').execute()).map(({ id }) => id)
  const { factor } = await loadWidening(db, TODAY)
  const read = await loadOutlooks(db, ids, TODAY, factor)
  expect([...outlooks.values()]).toEqual(read)
  const landscape = await loadLandscape(db, TODAY, DAYS, new Map(read.map(one => [one.system.id, one])))
  expect(judged.landscape).toEqual(landscape)
  expect(judged.judgement).toEqual(judge(landscape, TODAY))
  expect(judged.revision).toBe(await readRevision(db))
  expect(estate).toEqual(await readEstate(db, TODAY, 30))
}

async function rowOf<T extends keyof Tables>(context: Context, table: T, { which }: Draw) {
  const rows = (await context.db
    .selectFrom(table as 'residual')
    .selectAll()
    .orderBy('id')
    .execute()) as never[]
  if (rows.length === 0) throw new NothingThere()
  return rows[which % rows.length] as unknown as Row
}
type Row = {
  id: number
  version: number
  key: string
  role: string
  latest_count: number | null
  latest_qualifier: string
}
class NothingThere extends Error {}

async function idOf(context: Context, table: keyof Tables, draw: Draw): Promise<number> {
  return (await rowOf(context, table, draw)).id
}

async function ownerOf(context: Context, draw: Draw) {
  return draw.other % 2
    ? { systemId: await idOf(context, 'system', draw) }
    : { serviceId: await idOf(context, 'service', draw) }
}

/** Whatever is asked back is answered with yes. */
async function answered(act: (more: object) => Promise<unknown>): Promise<unknown> {
  return act({}).catch(refused => {
    if (!refused.questions) throw refused
    return act({ answers: refused.questions.map(({ answer }: { answer: string }) => answer) })
  })
}

function leaveRefused(refused: Error & { problems?: unknown; questions?: unknown }): void {
  if (!refused.problems && !refused.questions && !(refused instanceof NothingThere)) throw refused
}
