import { describe, expect, test } from 'vitest'
import { recordReadings, withdrawReading } from '../../src/actions/readings.ts'
import { closeResidual } from '../../src/actions/residuals.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findResiduals } from '../../src/store/residuals.ts'
import { findSystemsById } from '../../src/store/systems.ts'
import { findDifferences } from '../../src/store/verify.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addCounted, addResidual, type Counted, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ open }) => {
  const counted = async (...readings: Counted[]) =>
    addCounted(contextOn('2026-03-31', await open()), readings)
  const latestOf = async ({ db, id }: Awaited<ReturnType<typeof counted>>) =>
    (await findResiduals(db, [id]))[0]!.latest

  test('a count of something else than the residual counts is refused, be it the one in force', async () => {
    const held = await counted(['2026-02-28', '1000'])
    const { context, id } = held
    const day = '2026-02-28'
    for (const typed of ['950 accounts', '1000 户', '3个功能'])
      expect(await refusalOf(recordReadings(context, { day, counts: { [id]: { count: typed } } }))).toEqual([
        `counts.${id}.count: reading.other_unit`,
      ])
    await recordReadings(context, { day, counts: { [id]: { count: '999 单' } } })
    expect(await latestOf(held)).toMatchObject({ count: 999, qualifier: 'exact' })
  })

  test('a count is kept with who, when and what it means, in the history too', async () => {
    const { context, id, db, systemId } = await counted(['2026-02-28', '1000'])
    const round = {
      day: '2026-03-31',
      source: '核心库',
      counts: { [id]: { count: '９６８', reason: 'completed' } },
    }
    const [recorded] = await recordReadings(context, round)
    expect(recorded).toMatchObject({ before: { count: 1000 }, after: { count: 968 }, meaning: 'fall' })
    const [reading] = await listReadings(db, id, 1)
    expect(reading).toMatchObject({ count: 968, qualifier: 'exact', source: '核心库', recordedBy: '林晓' })
    const [entry] = await listHistory(db, { systemId }, 1)
    expect(entry).toMatchObject({
      action: 'record-readings',
      actor: '林晓',
      noun: 'reading',
      nounId: reading!.id,
    })
    expect(JSON.parse(entry!.before!)).toMatchObject({ count: 1000, day: '2026-02-28' })
    expect(JSON.parse(entry!.after!)).toMatchObject({ count: 968, meaning: 'fall' })
  })

  test('a second reading of a day supersedes the first, which stays visible', async () => {
    const cast = await counted(['2026-03-01', '100'], ['2026-03-01', '90'])
    const readings = await listReadings(cast.db, cast.id, 10)
    expect(readings.map(({ count, supersededBy }) => [count, supersededBy])).toEqual([
      [90, null],
      [100, readings[0]!.id],
    ])
    expect(readings[1]!.supersededAt).toBe('2026-03-31T04:00:00.000Z')
    expect(await latestOf(cast)).toMatchObject({ count: 90, unchangedReadings: 1 })
  })

  test('a reading of an earlier day fills the gap and leaves the latest alone', async () => {
    const cast = await counted(['2026-01-31', '100'], ['2026-03-31', '80'], ['2026-02-28', '90'])
    expect(await latestOf(cast)).toMatchObject({ count: 80, day: '2026-03-31' })
    expect(await findDifferences(cast.db)).toEqual([])
  })

  test('3000+ is a lower bound and stands apart', async () => {
    const cast = await counted(['2026-03-31', '3000+'])
    expect(await latestOf(cast)).toMatchObject({ count: 3000, qualifier: 'at_least' })
    const [system] = await findSystemsById(cast.db, [cast.systemId])
    expect(system!.openByUnit).toEqual([
      { unit: 'order', counted: 0, atLeast: 3000, bounds: 1, abouts: 0, uncounted: 0 },
    ])
  })

  test('a round that is sent twice is kept once', async () => {
    const { context, id, systemId, db } = await counted(['2026-02-28', '100'])
    const other = await addResidual(context, systemId, { key: '金融还款保' })
    const twice = { day: '2026-03-31', counts: { [id]: { count: '90', note: '对账' } } }
    await recordReadings(context, twice)
    expect(await recordReadings(context, twice)).toEqual([])
    const more = { ...twice, counts: { ...twice.counts, [other]: { count: '7' } } }
    expect(await recordReadings(context, more)).toHaveLength(1)
    expect(await listReadings(db, id, 10)).toHaveLength(2)
    const said = { day: '2026-03-31', counts: { [id]: { count: '90', note: '重新核对' } } }
    expect(await recordReadings(context, said)).toHaveLength(1)
  })

  test('one wrong count of a round, and none of it is kept', async () => {
    const { context, id, systemId, db } = await counted(['2026-02-28', '100'])
    const other = await addResidual(context, systemId, { key: '金融还款保' })
    const before = await readRevision(db)
    const round = { day: '2026-03-31', counts: { [id]: { count: '90' }, [other]: { count: '3,000' } } }
    expect(await refusalOf(recordReadings(context, round))).toEqual([
      `counts.${other}.count: input.count_grouped`,
    ])
    expect(await readRevision(db)).toBe(before)
    expect(await listReadings(db, id, 10)).toHaveLength(1)
  })

  test('an empty field changes nothing', async () => {
    const { context, id, db } = await counted(['2026-02-28', '100'])
    const before = await readRevision(db)
    expect(await recordReadings(context, { day: '2026-03-31', counts: { [id]: { count: ' ' } } })).toEqual([])
    expect(await readRevision(db)).toBe(before)
  })

  test('before the first reading, tomorrow, and of a closed residual are refused', async () => {
    const { context, id, db } = await counted(['2026-02-28', '0'])
    const at = (day: string) => refusalOf(recordReadings(context, { day, counts: { [id]: { count: '1' } } }))
    expect(await at('2026-02-27')).toEqual([`counts.${id}.count: reading.before_first`])
    expect(await at('2026-04-01')).toEqual(['day: day.future'])
    const [residual] = await findResiduals(db, [id])
    const answers = ['close:0:exact:last']
    await closeResidual(context, id, {
      on: '2026-03-01',
      reason: '完结',
      answers,
      version: residual!.version,
    })
    expect(await at('2026-03-31')).toEqual([`counts.${id}.count: reading.residual_closed`])
  })

  test('a residual that is not there, or is named twice in one round, is refused', async () => {
    const { context, id } = await counted()
    const round = { day: '2026-03-31', counts: { 999999: { count: '1' } } }
    expect(await refusalOf(recordReadings(context, round))).toEqual(['counts.999999: reading.no_residual'])
    const twice = { day: '2026-03-31', counts: { [id]: { count: '1' }, [`0${id}`]: { count: '2' } } }
    expect(await refusalOf(recordReadings(context, twice))).toEqual([`counts.0${id}: input.unknown_field`])
  })

  test('a withdrawn reading stays visible and the one before it holds again', async () => {
    const cast = await counted(['2026-02-28', '100'], ['2026-03-31', '10'])
    const { context, db, id } = cast
    const [wrong] = await listReadings(db, id, 1)
    await withdrawReading(context, wrong!.id, { reason: '少打一个零' })
    expect(await latestOf(cast)).toMatchObject({ count: 100, day: '2026-02-28' })
    expect((await listReadings(db, id, 1))[0]).toMatchObject({ count: 10, withdrawnReason: '少打一个零' })
    expect((await listHistory(db, {}, 1))[0]).toMatchObject({
      action: 'withdraw-reading',
      why: '少打一个零',
    })
    const again = withdrawReading(context, wrong!.id, { reason: '再' })
    expect(await refusalOf(again)).toEqual(['reason: reading.not_in_force'])
    expect(await refusalOf(withdrawReading(context, wrong!.id, {}))).toEqual(['reason: input.missing'])
  })
})
