import { describe, expect, test } from 'vitest'
import { createEvent, editEvent } from '../../src/actions/events.ts'
import { closeGate, createGate, editGate, reopenGate } from '../../src/actions/gates.ts'
import { extendHold } from '../../src/actions/holds.ts'
import { createCost, createExpectedSaving, editCost, editExpectedSaving } from '../../src/actions/money.ts'
import { closeResidual, createResidual, editResidual, reopenResidual } from '../../src/actions/residuals.ts'
import { createService, editService } from '../../src/actions/services.ts'
import { changeStatus, createSystem, editSystem } from '../../src/actions/systems.ts'
import { createDependency, createExternal, editUse } from '../../src/actions/uses.ts'
import { endWaiver, waive, withdraw } from '../../src/actions/withdrawals.ts'
import type { Context } from '../../src/context.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addService, addSystem, count, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

/** One thing of each kind, and what people do with it: one that works, one that is nonsense. */
type Act = (context: Context, input: object) => Promise<unknown>
type Story = {
  name: string
  /** What has to be there before; gives the id that the action is for. */
  before: (context: Context) => Promise<number>
  act: (id: number) => Act
  right: object
  wrong: [input: object, refusal: string[]]
  logged: object
}

const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
const GATE = { key: '切量', name: '二手业务切量', kind: 'cutover' }
const nothing = async () => 0
const aGate = async (context: Context) =>
  createGate(context, { systemId: await addSystem(context) }, { ...GATE, state: 'open' })
const aClosedGate = async (context: Context) => {
  const id = await aGate(context)
  await closeGate(context, id, { on: '2026-03-01', evidence: '报告', version: 1 })
  return id
}
const aResidual = async (context: Context) => addResidual(context, await addSystem(context))
const aZero = async (context: Context) => {
  const id = await aResidual(context)
  await count(context, id, '2026-03-01', '0')
  return id
}
const aClosedResidual = async (context: Context) => {
  const id = await aZero(context)
  await closeResidual(context, id, {
    on: '2026-03-02',
    reason: '完结',
    answers: ['close:0:exact:last'],
    version: 1,
  })
  return id
}
const aUse = async (context: Context) => {
  await addService(context, 'uacc')
  await addService(context, 'zjjg')
  return createDependency(context, { consumer: 'uacc', provider: 'zjjg', ...USE })
}
const aWaivedUse = async (context: Context) => {
  const id = await aUse(context)
  const waiver = { waivedBy: '林晓', waiverReason: '例外', waivedUntil: '2026-06-01', version: 1 }
  await waive(context, 'dependency', id, waiver)
  return id
}
const aCost = async (context: Context) =>
  createCost(
    context,
    { systemId: await addSystem(context) },
    { kind: 'people', amountFen: '1', currency: 'CNY' },
  )
const aSaving = async (context: Context) =>
  createExpectedSaving(context, await addSystem(context), {
    kind: 'people',
    personMonths: '8',
    currency: 'CNY',
  })
const HOLD = { status: 'on_hold', statusOn: '2026-03-01', statusReason: '等预算', reviewOn: '2026-06-01' }
const aHold = (context: Context) => addSystem(context, HOLD)
const anEvent = async (context: Context) =>
  createEvent(context, await addSystem(context), { day: '2026-03-01', kind: 'note', title: '评审' })

// biome-ignore format: one story on each line
const STORIES: Story[] = [
  { name: 'create-system', before: nothing, act: () => createSystem, right: { key: 'OP', name: 'OP', role: 'legacy', status: 'migrating' },
    wrong: [{ key: 'a/b', name: '', role: 'old', status: 'ready', extra: 1 }, ['key: input.key', 'name: input.missing', 'role: input.not_one_of', 'status: input.not_one_of', 'extra: input.unknown_field']], logged: { after: { key: 'OP' } } },
  { name: 'edit-system', before: addSystem, act: id => (context, input) => editSystem(context, id, input), right: { key: '账户1.0', name: '账户一', role: 'legacy' },
    wrong: [{ key: '账户1.0', name: 'x'.repeat(201), role: 'legacy' }, ['name: input.too_long']], logged: { before: { name: '账户1.0' }, after: { name: '账户一' } } },
  { name: 'change-status', before: addSystem, act: id => (context, input) => changeStatus(context, id, input), right: { to: 'on_hold', on: '2026-03-01', reason: '等预算', reviewOn: '2026-06-01' },
    wrong: [{ to: 'retired', on: '2026-03-01' }, ['overrideReason: status.not_ready']], logged: { noun: 'system', after: { status: 'on_hold' } } },
  { name: 'extend-hold', before: aHold, act: id => (context, input) => extendHold(context, id, input), right: { reviewOn: '2026-09-01', reason: '预算推到三季度' },
    wrong: [{ reviewOn: '2026-06-01', reason: '再等' }, ['reviewOn: status.review_same']], logged: { noun: 'system', why: '预算推到三季度', before: { reviewOn: '2026-06-01' }, after: { reviewOn: '2026-09-01' } } },
  { name: 'create-residual', before: addSystem, act: id => (context, input) => createResidual(context, id, input), right: { key: '德祐', name: '德祐', unit: 'order' },
    wrong: [{ key: '德祐', name: '德祐', unit: 'pieces', baseline: '-1' }, ['unit: input.not_one_of', 'baseline: input.negative']], logged: { after: { unit: 'order' } } },
  { name: 'edit-residual', before: aResidual, act: id => (context, input) => editResidual(context, id, input), right: { key: '上海德祐', name: '上海德祐', unit: 'job' },
    wrong: [{ key: '上海德祐', name: '上海德祐', unit: 'order', cadenceDays: '0' }, ['cadenceDays: input.range']], logged: { before: { unit: 'order' }, after: { unit: 'job' } } },
  { name: 'close-residual', before: aZero, act: id => (context, input) => closeResidual(context, id, input), right: { on: '2026-03-02', reason: '完结', answers: ['close:0:exact:last'] },
    wrong: [{ on: '2026-02-28', reason: '完结' }, ['on: residual.closed_before_reading']], logged: { why: '完结', after: { closedOn: '2026-03-02' } } },
  { name: 'reopen-residual', before: aClosedResidual, act: id => (context, input) => reopenResidual(context, id, input), right: { reason: '又有了' },
    wrong: [{}, ['reason: input.missing']], logged: { before: { closedOn: '2026-03-02' }, after: { closedOn: null } } },
  { name: 'create-gate', before: addSystem, act: id => (context, input) => createGate(context, { systemId: id }, input), right: { ...GATE, state: 'open' },
    wrong: [{ ...GATE, key: 'draining', state: 'open' }, ['key: gate.reserved_key']], logged: { after: { kind: 'cutover' } } },
  { name: 'edit-gate', before: aGate, act: id => (context, input) => editGate(context, id, input), right: { ...GATE, owner: '林晓' },
    wrong: [{ ...GATE, closesOn: '2026-02-30' }, ['closesOn: input.day']], logged: { before: { owner: null }, after: { owner: '林晓' } } },
  { name: 'close-gate', before: aGate, act: id => (context, input) => closeGate(context, id, input), right: { on: '2026-03-01', evidence: '报告' },
    wrong: [{ on: '2026-04-01', evidence: '报告' }, ['on: day.future']], logged: { why: '报告', after: { state: 'closed' } } },
  { name: 'reopen-gate', before: aClosedGate, act: id => (context, input) => reopenGate(context, id, input), right: { state: 'open', reason: '误关' },
    wrong: [{ state: 'closed', reason: '误关' }, ['state: input.not_one_of']], logged: { why: '误关', before: { state: 'closed' } } },
  { name: 'waive-gate', before: aGate, act: id => (context, input) => waive(context, 'gate', id, input), right: { waivedBy: '林晓', waiverReason: '例外', waivedUntil: '2026-06-01' },
    wrong: [{ waivedBy: '林晓', waiverReason: '例外', waivedUntil: '2026-03-31' }, ['waivedUntil: day.not_future']], logged: { why: '例外' } },
  { name: 'withdraw-gate', before: aGate, act: id => (context, input) => withdraw(context, 'gate', id, input), right: { reason: '误建' },
    wrong: [{ reason: ' ' }, ['reason: input.missing']], logged: { why: '误建', after: { withdrawnOn: '2026-03-31' } } },
  { name: 'create-service', before: addSystem, act: () => createService, right: { key: 'uacc', name: 'uacc', role: 'legacy', systems: ['账户1.0'] },
    wrong: [{ key: 'uacc', name: 'uacc', systems: ['账户9'] }, ['systems: input.unknown_system']], logged: { after: { systems: ['账户1.0'] } } },
  { name: 'edit-service', before: context => addService(context, 'uacc'), act: id => (context, input) => editService(context, id, input), right: { key: 'uacc', name: '账户', systems: [] },
    wrong: [{ key: '', name: 'uacc', systems: [] }, ['key: input.missing']], logged: { before: { name: 'uacc' } } },
  { name: 'create-dependency', before: async context => { await addService(context, 'uacc'); return addService(context, 'zjjg') }, act: () => createDependency, right: { consumer: 'uacc', provider: 'zjjg', ...USE },
    wrong: [{ consumer: 'uacc', provider: 'uacc', ...USE }, ['provider: use.onto_itself']], logged: { label: 'uacc → zjjg' } },
  { name: 'create-external-consumer', before: context => addService(context, 'zjjg'), act: () => createExternal, right: { name: '某银行', provider: 'zjjg', ...USE },
    wrong: [{ name: '某银行', provider: 'zjjg', ...USE, declaredOn: '' }, ['declaredOn: use.no_evidence']], logged: { label: '某银行 → zjjg' } },
  { name: 'edit-use', before: aUse, act: id => (context, input) => editUse(context, 'dependency', id, input), right: { ...USE, untilOn: '2026-06-01' },
    wrong: [{ ...USE, lastSeenOn: '2026-04-01' }, ['lastSeenOn: day.future']], logged: { after: { untilOn: '2026-06-01' } } },
  { name: 'end-waiver-dependency', before: aWaivedUse, act: id => (context, input) => endWaiver(context, 'dependency', id, input), right: { reason: '评审不再同意' },
    wrong: [{ reason: '' }, ['reason: input.missing']], logged: { why: '评审不再同意', before: { waivedUntil: '2026-06-01' }, after: { waivedUntil: null } } },
  { name: 'create-cost', before: addSystem, act: id => (context, input) => createCost(context, { systemId: id }, input), right: { kind: 'people', amountFen: '２００００.５', currency: 'CNY' },
    wrong: [{ kind: 'people', amountFen: '', currency: 'CNY' }, ['amountFen: input.missing']], logged: { after: { amountFen: 2_000_050 } } },
  { name: 'edit-cost', before: aCost, act: id => (context, input) => editCost(context, id, input), right: { kind: 'people', amountFen: '2', currency: 'CNY' },
    wrong: [{ kind: 'people', amountFen: '-2', currency: 'BTC' }, ['amountFen: input.negative', 'currency: input.not_one_of']], logged: { before: { amountFen: 100 }, after: { amountFen: 200 } } },
  { name: 'create-expected-saving', before: addSystem, act: id => (context, input) => createExpectedSaving(context, id, input), right: { kind: 'people', personMonths: '8', currency: 'CNY' },
    wrong: [{ kind: 'people', currency: 'CNY' }, ['amountFen: saving.no_amount']], logged: { after: { personMonths: 8 } } },
  { name: 'edit-expected-saving', before: aSaving, act: id => (context, input) => editExpectedSaving(context, id, input), right: { kind: 'people', personMonths: '7.5', currency: 'CNY' },
    wrong: [{ kind: 'people', personMonths: '1e3', currency: 'CNY' }, ['personMonths: input.count_scientific']], logged: { before: { personMonths: 8 }, after: { personMonths: 7.5 } } },
  { name: 'create-event', before: addSystem, act: id => (context, input) => createEvent(context, id, input), right: { day: '2026-06-01', kind: 'cutover', title: '<script>' },
    wrong: [{ day: '2026-6-1', kind: 'status', title: '评审' }, ['day: input.day', 'kind: input.not_one_of']], logged: { after: { title: '<script>' } } },
  { name: 'edit-event', before: anEvent, act: id => (context, input) => editEvent(context, id, input), right: { day: '2026-03-02', kind: 'note', title: '评审' },
    wrong: [{ day: '2026-03-02', kind: 'note', title: '\u0000' }, ['title: input.control_character']], logged: { before: { day: '2026-03-01' } } },
]

describe.each(databases)('on $name', ({ open }) => {
  test.each(STORIES)('$name is done, logged once, and refuses nonsense', async story => {
    const context = contextOn('2026-03-31', await open())
    const id = await story.before(context)
    const act = story.act(id)
    const isNew = story.name.startsWith('create')
    const version = isNew ? {} : { version: /^(reopen|end)-/.test(story.name) ? 2 : 1 }
    const before = await readRevision(context.db)

    expect(await refusalOf(act(context, { ...version, ...story.wrong[0] }))).toEqual(story.wrong[1])
    if (!isNew) {
      const old = { ...story.right, version: 99 }
      expect(await refusalOf(act(context, old))).toEqual(['ChangedMeanwhile'])
      expect(await refusalOf(story.act(999)(context, { ...version, ...story.right }))).toEqual(['NotFound'])
    }
    expect(await readRevision(context.db)).toBe(before)

    await act(context, { ...version, ...story.right })
    expect(await readRevision(context.db)).toBe(before + 1)
    const entries = (await listHistory(context.db, {}, 50)).filter(({ revision }) => revision === before + 1)
    expect(entries.length).toBeGreaterThan(0)
    const [entry] = entries
    const [old, now] = [entry!.before, entry!.after].map(text => text && JSON.parse(text))
    expect({ ...entry, before: old, after: now }).toMatchObject({
      actor: '林晓',
      at: '2026-03-31T04:00:00.000Z',
      action: story.name,
      ...story.logged,
    })
  })
})
