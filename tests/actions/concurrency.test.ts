import { describe, expect, test } from 'vitest'
import { publishForecasts } from '../../src/actions/forecasts.ts'
import { recordReadings } from '../../src/actions/readings.ts'
import { editSystem } from '../../src/actions/systems.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { openDatabase } from '../../src/store/database.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findSystemsById } from '../../src/store/systems.ts'
import { findDifferences } from '../../src/store/verify.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('two instances on one $name', ({ newUrl }) => {
  async function two() {
    const url = await newUrl()
    const [one, other] = [
      contextOn('2026-03-31', openDatabase(url)),
      contextOn('2026-03-31', openDatabase(url)),
    ]
    const systemId = await addSystem(one)
    const close = () => Promise.all([one.db.destroy(), other.db.destroy()])
    return { contexts: [one, other] as const, systemId, close }
  }

  test('counts written at the same time are all kept, one after another', async () => {
    const { contexts, systemId, close } = await two()
    const ids: number[] = []
    for (let index = 0; index < 10; index += 1)
      ids.push(await addResidual(contexts[0], systemId, { key: `r${index}` }))
    const before = await readRevision(contexts[0].db)
    await Promise.all(
      ids.map((id, index) =>
        recordReadings(contexts[index % 2]!, { day: '2026-03-31', counts: { [id]: { count: '7' } } }),
      ),
    )
    const { db } = contexts[1]
    expect(await readRevision(db)).toBe(before + 10)
    expect((await findSystemsById(db, [systemId]))[0]).toMatchObject({ openTotal: 70, uncountedCount: 0 })
    expect(await findDifferences(db)).toEqual([])
    const revisions = (await listHistory(db, {}, 10)).map(({ revision }) => revision)
    expect(new Set(revisions).size).toBe(10)
    await close()
  })

  test('of two counts of one residual and day one supersedes the other, and both are there', async () => {
    const { contexts, systemId, close } = await two()
    const id = await addResidual(contexts[0], systemId)
    // Whichever comes second: a recount may be higher without a question.
    const round = (text: string) => ({
      day: '2026-03-31',
      counts: { [id]: { count: text, reason: 'recount' } },
    })
    await Promise.all([recordReadings(contexts[0], round('100')), recordReadings(contexts[1], round('95'))])
    const readings = await listReadings(contexts[0].db, id, 10)
    expect(readings.map(({ supersededBy }) => supersededBy)).toEqual([null, readings[0]!.id])
    await close()
  })

  test('of two who edit the same system one is told what the other did', async () => {
    const { contexts, systemId, close } = await two()
    const edit = (name: string) => ({ key: '账户1.0', name, role: 'legacy', version: 1 })
    const done = await Promise.allSettled([
      editSystem(contexts[0], systemId, edit('甲')),
      editSystem(contexts[1], systemId, edit('乙')),
    ])
    const [refused] = done.filter(one => one.status === 'rejected')
    const [system] = await findSystemsById(contexts[0].db, [systemId])
    expect(refused!.reason).toMatchObject({ noun: 'system', current: { name: system!.name, version: 2 } })
    expect(done.filter(one => one.status === 'fulfilled')).toHaveLength(1)
    await close()
  })

  test('forecasts that two keep at the same moment are kept once', async () => {
    const { contexts, close } = await two()
    const [one, other] = contexts
    for (const key of ['甲', '乙', '丙', '丁', '戊']) {
      const id = await addResidual(one, await addSystem(one, { key, name: key }))
      await count(one, id, '2026-01-31', '100')
      await count(one, id, '2026-03-31', '40')
      await Promise.all([publishForecasts(one), publishForecasts(other)])
    }
    const kept = await one.db.selectFrom('kept_forecast').select(['system_id', 'residual_id']).execute()
    // Two of each, and one of the system that nobody has counted.
    expect(kept).toHaveLength(2 * 5 + 1)
    await close()
  })
})
