import { beforeEach, describe, expect, test } from 'vitest'
import { makeUseOfComplaint, noteComplaint, withdrawComplaint } from '../../src/actions/complaints.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { shutDownService } from '../../src/actions/shutdowns.ts'
import { endTrial, startTrial } from '../../src/actions/trials.ts'
import { withdraw } from '../../src/actions/withdrawals.ts'
import type { Context } from '../../src/context.ts'
import { listChangesOf, listHistory } from '../../src/store/audit-log.ts'
import { loadLandscape } from '../../src/store/landscape.ts'
import { listComplaints, listTrials } from '../../src/store/trials.ts'
import { listDependencies, listExternals } from '../../src/store/uses.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addService, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ open }) => {
  let context: Context
  let ledger: number

  beforeEach(async () => {
    context = contextOn(TODAY, await open())
    ledger = await addService(context, 'ledger')
    await addService(context, 'till')
  })

  test('a trial changes nothing that the analysis sees, and only one runs at a time', async () => {
    const before = await landscape()
    const id = await startTrial(context, ledger, { startedOn: '2026-03-20', note: 'scaled to zero' })
    expect(await landscape()).toEqual(before)
    expect(await refusalOf(startTrial(context, ledger, { startedOn: TODAY }))).toEqual([
      'startedOn: trial.already_running',
    ])
    await endTrial(context, id, { endedOn: '2026-03-27', endNote: 'nobody called', version: 1 })
    await startTrial(context, ledger, { startedOn: TODAY })
    expect(await landscape()).toEqual(before)
    expect(await listTrials(context.db, ledger)).toMatchObject([{ endedOn: null }, { endedOn: '2026-03-27' }])
  })

  test('a complaint becomes a use in one step, and both say so', async () => {
    const trial = await startTrial(context, ledger, { startedOn: '2026-03-20' })
    const id = await complain(trial)
    await makeUseOfComplaint(context, id, { userKind: 'service', user: 'till', version: 1 })
    expect(await listDependencies(context.db, ledger)).toMatchObject([
      { consumer: 'till', strength: 'hard', declaredOn: '2026-03-24', declaredBy: '财务', note: '对账失败' },
    ])
    expect(await listComplaints(context.db, [trial])).toMatchObject([{ consumer: 'till', external: null }])
    const changes = await listChangesOf(context.db, await readRevision(context.db))
    expect(changes.map(({ noun }) => noun)).toEqual(['dependency', 'trial_complaint'])
    expect(await refusalOf(withdrawComplaint(context, id, { reason: 'no', version: 2 }))).toEqual([
      'user: trial.already_a_use',
    ])
  })

  test('a second complaint about the same user is linked to the same use', async () => {
    const trial = await startTrial(context, ledger, { startedOn: '2026-03-20' })
    for (const id of [await complain(trial), await complain(trial)])
      await makeUseOfComplaint(context, id, { userKind: 'external', user: '某银行', version: 1 })
    const uses = await listExternals(context.db, ledger)
    expect(uses).toMatchObject([{ name: '某银行', source: '试停 trial shutdown 2026-03-20' }])
    expect(await listComplaints(context.db, [trial])).toMatchObject([
      { external: '某银行', externalConsumerId: uses[0]!.id },
      { external: '某银行', externalConsumerId: uses[0]!.id },
    ])
  })

  test('a user that nobody knows is refused, and nothing is half done', async () => {
    const id = await complain(await startTrial(context, ledger, { startedOn: '2026-03-20' }))
    const make = (user: string) => makeUseOfComplaint(context, id, { userKind: 'service', user, version: 1 })
    expect(await refusalOf(make('teller'))).toEqual(['user: input.unknown_service'])
    expect(await refusalOf(make('ledger'))).toEqual(['user: use.onto_itself'])
    expect(await listDependencies(context.db, ledger)).toEqual([])
    await withdrawComplaint(context, id, { reason: 'a mistake', version: 1 })
    expect(await refusalOf(make('till'))).toEqual(['ChangedMeanwhile'])
  })

  test('days that cannot be are refused', async () => {
    const late = { startedOn: '2026-04-01' }
    expect(await refusalOf(startTrial(context, ledger, late))).toEqual(['startedOn: day.future'])
    const id = await startTrial(context, ledger, { startedOn: '2026-03-20' })
    const end = { endedOn: '2026-03-19', version: 1 }
    expect(await refusalOf(endTrial(context, id, end))).toEqual(['endedOn: trial.before_start'])
    expect(await refusalOf(complain(id, '2026-03-19'))).toEqual(['day: trial.before_start'])
  })

  test('switching the service off ends its trial; what is off needs none', async () => {
    await startTrial(context, ledger, { startedOn: '2026-03-20' })
    await shutDownService(context, ledger, { on: TODAY, overrideReason: 'no complaint', version: 1 })
    expect(await listTrials(context.db, ledger)).toMatchObject([{ endedOn: TODAY }])
    expect(await refusalOf(startTrial(context, ledger, { startedOn: TODAY }))).toEqual([
      'startedOn: trial.service_off',
    ])
    const [newest] = await listHistory(context.db, { noun: 'trial_shutdown' }, 1)
    expect(newest).toMatchObject({ action: 'shut-down-service', serviceId: ledger })
  })

  test('a use that is withdrawn leaves its complaint as it was', async () => {
    const trial = await startTrial(context, ledger, { startedOn: '2026-03-20' })
    await makeUseOfComplaint(context, await complain(trial), {
      userKind: 'service',
      user: 'till',
      version: 1,
    })
    const [use] = await listDependencies(context.db, ledger)
    await withdraw(context, 'dependency', use!.id, { reason: 're-pointed', version: 1 })
    expect(await listComplaints(context.db, [trial])).toMatchObject([{ consumer: 'till', withdrawnOn: null }])
  })

  test('nobody confirms that no one calls what somebody missed, before the complaint is settled', async () => {
    const trial = await startTrial(context, ledger, { startedOn: '2026-03-20' })
    const id = await complain(trial)
    const confirm = () => confirmNoConsumers(context, ledger, { evidence: 'quiet' })
    expect(await refusalOf(confirm())).toEqual(['evidence: shutdown.unsettled_complaint'])
    await withdrawComplaint(context, id, { reason: 'another system', version: 1 })
    expect(await refusalOf(confirm())).toEqual([])
  })

  test('an open complaint is asked about at the switch-off, with an override or without', async () => {
    const id = await complain(await startTrial(context, ledger, { startedOn: '2026-03-20' }))
    const off = (more = {}) =>
      shutDownService(context, ledger, { on: TODAY, overrideReason: 'told all', version: 1, ...more })
    expect(await refusalOf(off())).toEqual(['on: shutdown.open_complaint'])
    expect(await off({ answers: [`open_complaint:${id}`] })).toEqual(['ledger'])
  })

  function complain(trial: number, day = '2026-03-24') {
    return noteComplaint(context, trial, { day, complainant: '财务', complaint: '对账失败' })
  }

  function landscape() {
    return loadLandscape(context.db, TODAY, { quietDays: 30, soakDays: 0 })
  }
})
