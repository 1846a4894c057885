import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeGate, createGate } from '../../src/actions/gates.ts'
import { editSystem } from '../../src/actions/systems.ts'
import { createDependency, editUse } from '../../src/actions/uses.ts'
import type { Context } from '../../src/context.ts'
import { listLapses } from '../../src/domain/lapses.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'
import { landscapeHash } from '../../src/exchange/landscape-hash.ts'
import { listClosedWithRest, readClosedWithRest } from '../../src/store/closed-with-rest.ts'
import { openDatabase } from '../../src/store/database.ts'
import { loadEstate, readEstate } from '../../src/store/estate.ts'
import { loadEstateOutlook, loadOutlookSoFar, loadWidening } from '../../src/store/estate-forecasts.ts'
import { loadOutlooks } from '../../src/store/forecasts.ts'
import { loadJudged } from '../../src/store/judged.ts'
import { readLandscape, renewLandscape } from '../../src/store/landscape.ts'
import { costsBeside } from '../../src/store/landscape-rows.ts'
import { loadServiceSavings, readServiceSavings } from '../../src/store/money.ts'
import { OutlooksById } from '../../src/store/outlooks-by-id.ts'
import { carriedOn } from '../../src/store/per-revision.ts'
import { listTouched } from '../../src/store/touched.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { CHANGES, leaveRefused, USE } from '../support/random-changes.ts'

const TODAY = '2026-03-31'
const DAYS = { quietDays: 30, soakDays: 7 }

const turns = fc.array(
  fc.record({
    act: fc.constantFrom(...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])),
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
          await CHANGES[act](context, draw).catch(leaveRefused)
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
      await CHANGES[act](one, { which: 0, one: 1, other: 0 }).catch(leaveRefused)
    }
    await expectSame(other)
    await Promise.all([one.db.destroy(), other.db.destroy()])
  })

  test('a call after somebody confirmed that there are none is noticed', async () => {
    const context = contextOn(TODAY, await open())
    const { provider, gate, use } = await begin(context)
    await expectSame(context)
    await editUse(context, 'dependency', use, { ...USE, lastSeenOn: '2026-01-01', version: 1 })
    await closeGate(context, gate, { on: '2026-03-10', evidence: '日志', version: 1 })
    await expectSame(context)
    await editUse(context, 'dependency', use, { ...USE, lastSeenOn: '2026-03-20', version: 2 })
    await expectSame(context)
    const { landscape } = await loadJudged(context.db, TODAY, DAYS)
    expect(landscape.services.find(({ id }) => id === provider)).toMatchObject({ gates: [{ state: 'open' }] })
  })

  test('forecasts are found by the key that a system has now', async () => {
    const context = contextOn(TODAY, await open())
    const id = await addSystem(context, { key: 'OP', name: 'OP' })
    const keyFound = async (key: string) => {
      await loadEstateOutlook(context.db, TODAY)
      return (await loadOutlookSoFar(context.db, TODAY)).find(key)?.system.key
    }
    expect(await keyFound('OP')).toBe('OP')
    await editSystem(context, id, { key: 'DB', name: 'OP', role: 'legacy', version: 1 })
    expect([await keyFound('OP'), await keyFound('DB')]).toEqual([undefined, 'DB'])
  })

  test('forecasts that are worked out later are looked at, though nobody changed anything', async () => {
    const context = contextOn(TODAY, await open())
    const { db } = context
    const residual = await addResidual(context, await addSystem(context))
    for (const [day, left] of [
      ['2026-01-01', '90'],
      ['2026-03-30', '10'],
    ] as const)
      await count(context, residual, day, left)
    const before = await readLandscape(db, TODAY, DAYS, { outlooks: new OutlooksById(), isComplete: false })
    const later = { outlooks: await loadEstateOutlook(db, TODAY), isComplete: true }
    const untouched = { systemIds: [], serviceIds: [] }
    const { landscape } = await renewLandscape(db, TODAY, before, untouched, later)
    expect(before.landscape.systems).toMatchObject([{ residualZeroOn: null }])
    expect(landscape.systems).toMatchObject([{ residualZeroOn: expect.stringMatching(/^202\d-/) }])
    expect(landscape).toEqual((await readLandscape(db, TODAY, DAYS, later)).landscape)
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
  const { find } = await loadOutlookSoFar(db, TODAY)
  expect(read.map(({ system }) => find(system.key))).toEqual(read)
  const anew = new OutlooksById()
  anew.add(read)
  const { landscape, rows } = await readLandscape(db, TODAY, DAYS, { outlooks: anew, isComplete: true })
  expect(judged.landscape).toEqual(landscape)
  expect(landscapeHash(judged.landscape)).toBe(landscapeHash(landscape))
  expect(judged.lapses()).toEqual(listLapses(rows, judged.landscape, TODAY))
  expect(judged.judgement).toEqual(judge(landscape, TODAY))
  expect(judged.revision).toBe(await readRevision(db))
  expect(estate).toEqual(await readEstate(db, TODAY, 30))
  const { currencies, knownCosts } = costsBeside(rows)
  expect(judged.currencies).toEqual(currencies)
  for (const { id } of landscape.services) expect(judged.knownCosts(id)).toEqual(knownCosts(id))
  expect(await loadServiceSavings(db, TODAY)).toEqual(await readServiceSavings(db, TODAY))
  expect(await listClosedWithRest(db, 'order', TODAY)).toEqual(await readClosedWithRest(db, 'order'))
}
