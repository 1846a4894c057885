import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createGate } from '../../src/actions/gates.ts'
import { createCost, createExpectedSaving } from '../../src/actions/money.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addService, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { fieldsOf } from '../support/form-fields.ts'
import { type Answer, serve } from '../support/server.ts'

const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`
const HELD = { status: 'on_hold', statusOn: '2026-01-01', statusReason: '等预算', reviewOn: '2026-05-01' }

describe.each(databases)('on $name', ({ open }) => {
  /** Every kind of form in which two people can meet. */
  async function openForms() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const serviceId = await addService(context, 'till', ['账户1.0'])
    await addService(context, 'bank')
    await addSystem(context, { key: 'OP', name: 'OP', ...HELD })
    await addSystem(context, { key: 'DB', name: 'DB' })
    const amount = { kind: 'people', amountFen: '7', currency: 'CNY' }
    const use = {
      consumer: 'till',
      provider: 'bank',
      strength: 'hard',
      needs: 'from',
      declaredOn: '2026-01-01',
    }
    const ids = {
      residual: await addResidual(context, systemId),
      gate: await createGate(
        context,
        { systemId },
        { key: '切量', name: '切量', kind: 'cutover', state: 'open' },
      ),
      use: await createDependency(context, use),
      cost: await createCost(context, { serviceId }, amount),
      saving: await createExpectedSaving(context, systemId, amount),
      event: await createEvent(context, systemId, { day: '2026-03-01', kind: 'note', title: '评审' }),
    }
    const site = await serve(createApp(context))
    const send = async (path: string, form: Answer, typed: Record<string, string>) =>
      site.post(path, { ...fieldsOf(form.text), ...typed })
    const meet = async (path: string, theirs: Record<string, string>, yours: Record<string, string>) => {
      const [first, second] = [await site.get(path), await site.get(path)]
      expect((await send(path, first, theirs)).status, path).toBe(303)
      const late = await send(path, second, yours)
      expect(late.status, path).toBe(409)
      return late
    }
    return { ids, send, meet, revision: () => readRevision(context.db) }
  }

  function waivedBy(name: string, waivedUntil: string) {
    return { waivedBy: name, waiverReason: `${name}的理由`, waivedUntil }
  }

  function conflictIn({ text }: Answer): string {
    return /<div class="conflict".*?\n<\/div>/s.exec(text)![0]
  }

  test('another language tells of a conflict again, with both values and all that was typed', async () => {
    const { ids, send, meet, revision } = await openForms()
    const edits = ['residuals', 'gates', 'dependencies', 'costs', 'savings', 'events'].map(
      (at, index) =>
        `/${at}/${ids[(['residual', 'gate', 'use', 'cost', 'saving', 'event'] as const)[index]!]}/edit`,
    )
    const [theirs, yours] = [{ note: '甲写的', source: '甲的来源' }, { note: '乙写的\r\n第二行' }]
    const waivers = [`/gates/${ids.gate}/waive`, `/dependencies/${ids.use}/waive`]
    const met: (readonly [path: string, theirs: Record<string, string>, yours: Record<string, string>])[] = [
      ...[`${SYSTEM}/edit`, '/services/till/edit', ...edits].map(path => [path, theirs, yours] as const),
      [
        '/systems/OP/hold',
        { reviewOn: '2026-06-06', reason: '甲' },
        { reviewOn: '2026-07-07', reason: '乙' },
      ],
      [
        '/systems/OP/hold',
        { reviewOn: '2026-08-08', reason: '甲' },
        { reviewOn: '2026-08-08', reason: '乙' },
      ],
      [
        `${SYSTEM}/status`,
        { to: 'cutover_pending', reason: '甲' },
        { to: 'on_hold', reason: '乙', reviewOn: '2026-06-01' },
      ],
      [
        '/systems/DB/status',
        { to: 'on_hold', reason: '甲', reviewOn: '2026-05-01' },
        { to: 'on_hold', reason: '乙', reviewOn: '2026-06-01' },
      ],
      ...waivers.map(path => [path, waivedBy('甲', '2026-04-06'), waivedBy('乙', '2026-04-07')] as const),
      [`/gates/${ids.gate}/close`, { evidence: '甲的佐证' }, { evidence: '乙的佐证' }],
    ]
    for (const [path, ...changes] of met) {
      const late = await meet(path, ...changes)
      expect(late.text, path).toContain('form="typing" name="lang"')
      const before = await revision()
      const english = await send(path, late, { lang: 'en' })
      expect(english.status, path).toBe(200)
      expect(english.text, path).toContain('<h2 id="changed">Somebody else changed this meanwhile</h2>')
      expect(fieldsOf(english.text), path).toEqual(fieldsOf(late.text))
      const again = await send(path, english, { lang: 'zh' })
      expect(conflictIn(again), path).toBe(conflictIn(late))
      expect(await revision(), path).toBe(before)
    }
  })

  test('wrong input in a form that tells of a conflict leaves the conflict told, with what was sent', async () => {
    const { ids, send, meet } = await openForms()
    const path = `/costs/${ids.cost}/edit`
    const late = await meet(path, { currency: 'EUR' }, { amountFen: '300' })
    const wrong = await send(path, late, { amountFen: '3oo' })
    expect(wrong.status).toBe(422)
    expect(conflictIn(wrong)).toBe(conflictIn(late).replace('<td>300</td>', '<td>3oo</td>'))
    expect(fieldsOf(wrong.text)).toMatchObject({ amountFen: '3oo', currency: 'CNY' })
    expect((await send(path, wrong, { amountFen: '300' })).status).toBe(303)
  })

  test('the comparison is made anew of what was sent, also where the other’s value stood before', async () => {
    const { send, meet } = await openForms()
    const path = `${SYSTEM}/edit`
    const late = await meet(path, { owner: '王芳', targetOn: '2026-09-01' }, { note: '乙写的' })
    const row = (owner: string) => `<tr><th scope="row">负责人</th><td>王芳</td><td>${owner}</td></tr>`
    const untouched = row('<span class="hint">你没有改，采用现在的值</span>')
    expect(late.text).toContain(untouched)
    const other = await send(path, late, { owner: '赵六', name: '' })
    expect(other.text).toContain(row('赵六'))
    expect(other.text).toContain('<td>2026-09-01</td><td><span class="hint">你没有改')
    const back = await send(path, other, { owner: '', lang: 'en' })
    expect(back.text).toContain('<td>王芳</td><td>–</td>')
    const theirs = await send(path, back, { owner: '王芳', name: '账户1.0', lang: 'zh' })
    expect(theirs.text).toContain(untouched)
    expect(conflictIn(theirs)).toBe(conflictIn(late))
  })

  test('the comparison of holds and moves is of what was sent as well', async () => {
    const { send, meet } = await openForms()
    const hold = '/systems/OP/hold'
    const late = await meet(
      hold,
      { reviewOn: '2026-06-06', reason: '甲' },
      { reviewOn: '2026-07-07', reason: '乙' },
    )
    const past = await send(hold, late, { reviewOn: '2020-01-01' })
    expect(past.status).toBe(422)
    expect(conflictIn(past)).toContain('<td>2026-06-06</td><td>2020-01-01</td>')
    const move = await meet(
      '/systems/DB/status',
      { to: 'cutover_pending', reason: '甲' },
      { to: 'on_hold', reason: '乙', reviewOn: '2026-06-01' },
    )
    const empty = await send('/systems/DB/status', move, { reviewOn: '', to: 'migrating' })
    expect(conflictIn(empty)).not.toContain('2026-06-01')
  })

  test('what is typed after that is kept too, and saved with the version that the page was told of', async () => {
    const { send, meet } = await openForms()
    const path = `${SYSTEM}/edit`
    const late = await meet(path, { owner: '王芳' }, { note: '乙写的' })
    expect(late.text).toContain('form="typing" name="lang"')
    const english = await send(path, late, { note: '乙再写的', lang: 'en' })
    expect(english.text).toContain('Changed by you alone: Note.')
    expect(english.text).toContain('not saved yet')
    expect(fieldsOf(english.text)).toMatchObject({ owner: '王芳', note: '乙再写的' })
    expect((await send(path, english, {})).status).toBe(303)
  })

  test('of what was overtaken by a third change, the newest value is told', async () => {
    const { send, meet } = await openForms()
    const path = `${SYSTEM}/edit`
    const late = await meet(path, { owner: '王芳' }, { note: '乙写的' })
    await send(path, late, { note: '丙写的' })
    const english = await send(path, late, { lang: 'en' })
    expect(english.text).toContain('<td>丙写的</td><td>乙写的</td>')
    expect((await send(path, english, {})).status).toBe(409)
  })

  test('what names nothing that was ever in conflict is only what was typed', async () => {
    const { send, meet } = await openForms()
    const path = `${SYSTEM}/edit`
    const late = await meet(path, { owner: '王芳' }, { note: '乙写的' })
    for (const [name, wrong] of [
      ['was-id', '999'],
      ['was-id', 'x'],
      ['was-noun', 'constructor'],
    ] as const) {
      const { status, text } = await send(path, late, { [name]: wrong, lang: 'en' })
      expect([status, text.includes('id="changed"')]).toEqual([200, false])
      expect(text).toContain('乙写的')
    }
  })
})
