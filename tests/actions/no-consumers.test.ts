import { beforeEach, describe, expect, test } from 'vitest'
import { makeUseOfComplaint, noteComplaint } from '../../src/actions/complaints.ts'
import { closeGate, createGate, editGate } from '../../src/actions/gates.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { startTrial } from '../../src/actions/trials.ts'
import { createDependency, createExternal, editUse } from '../../src/actions/uses.ts'
import { waive, withdraw } from '../../src/actions/withdrawals.ts'
import type { Context } from '../../src/context.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'
import { findService } from '../../src/domain/shutdown/service.ts'
import { listChangesOf } from '../../src/store/audit-log.ts'
import { loadLandscape } from '../../src/store/landscape.ts'
import { listDependencies, listExternals } from '../../src/store/uses.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addService, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'
const USE = { strength: 'hard', needs: 'from' }
const GATE = { key: '无人调用', name: '无人调用', kind: 'no_consumers', state: 'open' }
const CLOSED = { on: TODAY, evidence: '问过所有人', version: 1 }

/** The doors through which a use comes on record; each tells of it for a day before the confirmation. */
const DOORS: Record<string, (context: Context, ledger: number, quiet: number) => Promise<unknown>> = {
  'a use by a service': context =>
    createDependency(context, { ...USE, consumer: 'till', provider: 'ledger', declaredOn: '2026-03-20' }),
  'a use from outside': context =>
    createExternal(context, { ...USE, name: '某银行', provider: 'ledger', declaredOn: '2026-03-20' }),
  'a complaint of a trial by a service': async (context, ledger) =>
    makeUseOfComplaint(context, await complain(context, ledger), by('service', 'till')),
  'a complaint of a trial from outside': async (context, ledger) =>
    makeUseOfComplaint(context, await complain(context, ledger), by('external', '某银行')),
  'a later call of a use that was quiet': (context, _ledger, quiet) =>
    editUse(context, 'dependency', quiet, { ...USE, lastSeenOn: '2026-03-20', version: 1 }),
  'a declaration of a use that was quiet': (context, _ledger, quiet) =>
    editUse(context, 'dependency', quiet, { ...USE, declaredOn: '2026-03-20', version: 1 }),
  'a longer quiet time': (context, _ledger, quiet) =>
    editUse(context, 'dependency', quiet, { ...USE, lastSeenOn: '2026-01-01', quietDays: 400, version: 1 }),
}

const by = (userKind: string, user: string) => ({ userKind, user, version: 1 })

async function complain(context: Context, ledger: number): Promise<number> {
  const trial = await startTrial(context, ledger, { startedOn: '2026-03-01' })
  return noteComplaint(context, trial, { day: '2026-03-20', complainant: '财务', complaint: '对账失败' })
}

describe.each(databases)('on $name', ({ open }) => {
  let context: Context
  let ledger: number
  let quiet: number
  let till: number

  beforeEach(async () => {
    context = contextOn(TODAY, await open())
    await count(context, await addResidual(context, await addSystem(context)), TODAY, '0')
    ledger = await addService(context, 'ledger', ['账户1.0'])
    till = await addService(context, 'till')
    await addService(context, 'yearly', ['账户1.0'], 'stay')
    const seen = { ...USE, lastSeenOn: '2026-01-01' }
    quiet = await createDependency(context, { ...seen, consumer: 'yearly', provider: 'ledger' })
  })

  test.each(Object.keys(DOORS))('%s takes the confirmation back, also once it is withdrawn', async door => {
    await confirmNoConsumers(context, ledger, { evidence: '问过所有人' })
    expect(await isReady()).toBe(true)
    await DOORS[door]!(context, ledger, quiet)
    const changes = await listChangesOf(context.db, await readRevision(context.db))
    expect(changes.some(({ noun }) => noun === 'gate')).toBe(true)
    await withdrawUses()
    expect(await isReady()).toBe(false)
  })

  test('a waiver of the question ends too when a use comes up', async () => {
    const gate = await createGate(context, { serviceId: ledger }, GATE)
    await waive(context, 'gate', gate, {
      waivedBy: '架构组',
      waiverReason: '下周再问',
      waivedUntil: '2026-06-01',
      version: 1,
    })
    await DOORS['a use from outside']!(context, ledger, quiet)
    await withdrawUses()
    expect(await isReady()).toBe(false)
    await confirmNoConsumers(context, ledger, { evidence: '问过所有人' })
    expect(await gates()).toMatchObject([{ state: 'closed', waived_on: null }])
  })

  test('an edit that tells of no more use leaves the confirmation', async () => {
    await confirmNoConsumers(context, ledger, { evidence: '问过所有人' })
    const same = { ...USE, lastSeenOn: '2026-01-01', note: '年度批处理', version: 1 }
    await editUse(context, 'dependency', quiet, same)
    expect(await isReady()).toBe(true)
  })

  test('a soft use does not answer that nobody has confirmed', async () => {
    const soft = { ...USE, strength: 'soft', provider: 'till' }
    const isFree = () => isReady('till')
    await createExternal(context, { ...soft, name: '某银行', lastSeenOn: '2026-03-28' })
    await createDependency(context, { ...soft, consumer: 'yearly', declaredOn: '2026-03-28' })
    expect(await isFree()).toBe(false)
    await confirmNoConsumers(context, till, { evidence: '问过所有人' })
    expect(await isFree()).toBe(true)
  })

  test('a gate of that kind is closed on the same terms as it is confirmed', async () => {
    const gate = await createGate(context, { serviceId: ledger }, GATE)
    const complaint = await complain(context, ledger)
    const close = () => refusalOf(closeGate(context, gate, CLOSED))
    expect(await close()).toEqual(['evidence: shutdown.unsettled_complaint'])
    await makeUseOfComplaint(context, complaint, by('service', 'till'))
    expect(await close()).toEqual(['evidence: shutdown.still_called'])
    expect(await refusalOf(confirmNoConsumers(context, ledger, { evidence: '没人用' }))).toEqual(
      await close(),
    )
    await withdrawUses()
    expect(await close()).toEqual([])
  })

  test('that nobody calls it is asked by one gate', async () => {
    const first = await createGate(context, { serviceId: ledger }, GATE)
    const second = { ...GATE, key: '再问', name: '再问' }
    const add = () => refusalOf(createGate(context, { serviceId: ledger }, second))
    expect(await add()).toEqual(['kind: gate.second_question'])
    await withdraw(context, 'gate', first, { reason: '误填', version: 1 })
    expect(await add()).toEqual([])
  })

  test('the proof of something else does not become a confirmation, nor the other way round', async () => {
    const budget = { key: '预算', name: '预算', kind: 'other' }
    const other = await createGate(context, { serviceId: ledger }, { ...budget, state: 'open' })
    await closeGate(context, other, CLOSED)
    const edited = editGate(context, other, { ...budget, kind: 'no_consumers', version: 2 })
    expect(await refusalOf(edited)).toEqual(['kind: gate.other_question'])
    const { state: _open, ...asked } = GATE
    const gate = await createGate(context, { serviceId: ledger }, GATE)
    const turned = editGate(context, gate, { ...asked, kind: 'other', version: 1 })
    expect(await refusalOf(turned)).toEqual(['kind: gate.other_question'])
    await editGate(context, gate, { ...asked, name: '确认', version: 1 })
  })

  test('a withdrawn confirmation leaves the question that the register itself asks', async () => {
    await confirmNoConsumers(context, ledger, { evidence: '问过所有人' })
    await withdrawUses()
    const [gate] = await gates()
    await withdraw(context, 'gate', gate!.id, { reason: '误填', version: gate!.version })
    expect(await isReady()).toBe(false)
  })

  function gates() {
    return context.db
      .selectFrom('gate')
      .select(['id', 'state', 'waived_on', 'version'])
      .where('service_id', '=', ledger)
      .execute()
  }

  async function isReady(key = 'ledger'): Promise<boolean> {
    const landscape = await loadLandscape(context.db, TODAY, { quietDays: 30, soakDays: 0 })
    return findService(judge(landscape, TODAY), key)!.verdict === 'READY'
  }

  async function withdrawUses(): Promise<void> {
    for (const [noun, uses] of [
      ['dependency', await listDependencies(context.db, ledger)],
      ['external_consumer', await listExternals(context.db, ledger)],
    ] as const)
      for (const { id, version } of uses) await withdraw(context, noun, id, { reason: '不是调用', version })
  }
})
