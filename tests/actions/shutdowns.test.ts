import type { Kysely } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { bringBackService } from '../../src/actions/shutdowns.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { withdraw } from '../../src/actions/withdrawals.ts'
import type { Context } from '../../src/context.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { listGates } from '../../src/store/gates.ts'
import { loadJudged } from '../../src/store/judged.ts'
import { loadLandscape } from '../../src/store/landscape.ts'
import type { Tables } from '../../src/store/schema.ts'
import { findService } from '../../src/store/services.ts'
import { addService, refusalOf, shutDown as shutDownToday } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ open }) => {
  let db: Kysely<Tables>
  let context: Context

  beforeEach(async () => {
    db = await open()
    context = contextOn(TODAY, db)
  })

  const add = (key: string, role = 'legacy') => addService(context, key, [], role)
  const shutDown = (id: number, input: object = {}) => shutDownToday(context, id, input)

  test('a service that nothing holds is switched off, and its history says why', async () => {
    const cash = await add('cash')
    await confirmNoConsumers(context, cash, { evidence: 'no call in a year of logs' })
    expect(await shutDown(cash, { reason: 'replaced' })).toEqual(['cash'])
    expect(await findService(db, 'cash')).toMatchObject({
      state: 'off',
      offSince: TODAY,
      overrideReason: null,
    })
    const [entry] = await listHistory(db, { serviceId: cash }, 1)
    expect(entry).toMatchObject({ action: 'shut-down-service', why: 'replaced' })
  })

  test('one that is not ready is refused, and nothing is written', async () => {
    const cash = await add('cash')
    await expect(shutDown(cash)).rejects.toMatchObject({
      problems: [{ path: 'overrideReason', code: 'shutdown.not_ready', values: { count: 1 } }],
    })
    expect(await findService(db, 'cash')).toMatchObject({ state: 'on', version: 1 })
  })

  test('an override switches it off and its reason stays until it is back', async () => {
    const cash = await add('cash')
    await shutDown(cash, { overrideReason: 'the machine burnt' })
    expect(await findService(db, 'cash')).toMatchObject({ overrideReason: 'the machine burnt' })
    await bringBackService(context, cash, { reason: 'repaired', version: 2 })
    expect(await findService(db, 'cash')).toMatchObject({ state: 'on', offSince: null, overrideReason: null })
  })

  test('what stays is never switched off, not even with a reason', async () => {
    const core = await add('core', 'stay')
    await expect(shutDown(core, { overrideReason: 'please' })).rejects.toThrow('shutdown.stays')
  })

  test('a ring goes in one step, once all its members were named', async () => {
    const [ledger] = [await add('ledger'), await add('booking')]
    await use('ledger', 'booking')
    await use('booking', 'ledger')
    const answer = await shutDown(ledger).catch(({ questions }) => questions[0].answer)
    expect(answer).toBe('shutdown.group:booking')
    expect(await shutDown(ledger, { answers: [answer] })).toEqual(['ledger', 'booking'])
    expect(await findService(db, 'booking')).toMatchObject({ state: 'off' })
  })

  test('a consumer is brought back only after asking about providers that are still off', async () => {
    const [till, ledger] = [await add('till'), await add('ledger')]
    await use('till', 'ledger')
    await shutDown(till, { answers: ['unconfirmed:till'] })
    await shutDown(ledger)
    const back = (answers: string[]) =>
      bringBackService(context, till, { reason: 'needed again', version: 2, answers })
    await expect(back([])).rejects.toMatchObject({
      questions: [{ code: 'shutdown.providers_off', values: { services: 'ledger', count: 1 } }],
    })
    await back(['shutdown.providers_off:ledger'])
    expect(await findService(db, 'till')).toMatchObject({ state: 'on' })
  })

  test('of a ring each asks for the others as what comes back with it, not before it', async () => {
    const [ledger] = [await add('ledger'), await add('booking'), await add('db')]
    await use('ledger', 'booking')
    await use('booking', 'ledger')
    await use('booking', 'db')
    await shutDown(ledger, { answers: ['shutdown.group:booking'] })
    await shutDown((await findService(db, 'db'))!.id)
    const back = bringBackService(context, ledger, { reason: 'needed again', version: 2 })
    await expect(back).rejects.toMatchObject({
      questions: [
        { code: 'shutdown.providers_off', values: { services: 'db', count: 1 } },
        { code: 'shutdown.ring_off', values: { services: 'booking', count: 1 } },
      ],
    })
  })

  test('a ring comes back in one step, once all its members were named, each with its own history', async () => {
    const [ledger, booking] = [await add('ledger'), await add('booking')]
    await use('ledger', 'booking')
    await use('booking', 'ledger')
    await shutDown(ledger, { answers: ['shutdown.group:booking'] })
    const needed = { reason: 'needed again', version: 2 }
    expect(await refusalOf(bringBackService(context, ledger, needed))).toEqual(['on: shutdown.ring_off'])
    expect(await findService(db, 'booking')).toMatchObject({ state: 'off' })
    const answers = ['shutdown.ring_off:booking']
    expect(await bringBackService(context, ledger, { ...needed, answers })).toEqual(['ledger', 'booking'])
    expect(await findService(db, 'booking')).toMatchObject({ state: 'on', offSince: null })
    const [entry] = await listHistory(db, { serviceId: booking }, 1)
    expect(entry).toMatchObject({ action: 'bring-back-service', why: 'needed again' })
  })

  test('that nobody calls it cannot be confirmed while somebody does', async () => {
    const [, ledger] = [await add('till'), await add('ledger')]
    await use('till', 'ledger')
    await expect(confirmNoConsumers(context, ledger, { evidence: 'none seen' })).rejects.toMatchObject({
      problems: [{ code: 'shutdown.still_called', values: { count: 1, consumers: 'till' } }],
    })
    expect(await listGates(db, { serviceId: ledger })).toEqual([])
  })

  test('a confirmation that expired holds again under the same name, and a new one renews it', async () => {
    const cash = await add('cash')
    await confirmNoConsumers(context, cash, { evidence: 'March logs', evidenceExpiresOn: '2026-04-30' })
    expect(await verdictOn(TODAY)).toBe('READY')
    expect(await verdictOn('2026-04-30')).toBe('BLOCKED')
    await confirmNoConsumers(contextOn('2026-04-30', db), cash, { evidence: 'April logs' })
    expect(await verdictOn('2026-04-30')).toBe('READY')
    expect(await listGates(db, { serviceId: cash })).toMatchObject([{ evidence: 'April logs', version: 2 }])
  })

  test('a use that comes up after that was confirmed takes the confirmation back, withdrawn or not', async () => {
    const [cash] = [await add('cash'), await add('till', 'stay')]
    await confirmNoConsumers(context, cash, { evidence: 'March logs' })
    const id = await use('till', 'cash')
    await withdraw(context, 'dependency', id, { reason: 'gone', version: 1 })
    expect(await verdictOn(TODAY)).toBe('BLOCKED')
    await confirmNoConsumers(context, cash, { evidence: 'asked again' })
    expect(await verdictOn(TODAY)).toBe('READY')
    await db.updateTable('dependency').set({ last_seen_on: '2026-04-01' }).execute()
    const later = await loadLandscape(db, '2026-04-02', { quietDays: 30, soakDays: 0 })
    expect(later.services[0]!.gates).toMatchObject([{ state: 'open' }])
  })

  test('a day ahead, a second time, an old version: each is refused', async () => {
    const cash = await add('cash')
    const burnt = { overrideReason: 'burnt' }
    await expect(shutDown(cash, { ...burnt, on: '2026-04-01' })).rejects.toThrow('day.future')
    await expect(shutDown(cash, { ...burnt, version: 7 })).rejects.toThrow('changed meanwhile')
    await shutDown(cash, burnt)
    await expect(shutDown(cash, { ...burnt, version: 2 })).rejects.toThrow('shutdown.already_off')
    await expect(shutDown(cash, burnt)).rejects.toThrow('changed meanwhile')
  })

  test('a day before the last call, or before what lets it go was counted or closed, is asked about', async () => {
    const [cash, till] = [await add('cash'), await add('till')]
    const evidence = { strength: 'hard', needs: 'from', lastSeenOn: '2026-01-10' }
    await createDependency(context, { consumer: 'till', provider: 'cash', ...evidence })
    await confirmNoConsumers(context, cash, { evidence: 'no call in a month' })
    expect(await refusalOf(shutDown(cash, { on: '2020-01-01' }))).toEqual([
      'on: shutdown.seen_after',
      'on: shutdown.proof_after',
    ])
    const answers = [`shutdown.proof_after:2026-02-11:${TODAY}`]
    expect(await refusalOf(shutDown(cash, { on: '2026-02-11' }))).toEqual(['on: shutdown.proof_after'])
    expect(await shutDown(cash, { on: '2026-02-11', answers })).toEqual(['cash'])
    expect(await refusalOf(shutDown(till, { on: '2026-01-09', overrideReason: 'burnt' }))).toEqual([
      'on: shutdown.seen_after',
      'on: shutdown.unconfirmed',
    ])
  })

  function use(consumer: string, provider: string) {
    const evidence = { strength: 'hard', needs: 'from', declaredOn: TODAY }
    return createDependency(context, { consumer, provider, ...evidence })
  }

  async function verdictOn(day: string) {
    return (await loadJudged(db, day, { quietDays: 30, soakDays: 0 })).judgement.verdicts[0]
  }
})
