import { beforeEach, describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const SYSTEM = '/systems/账户1.0'
const PROOF = { on: '2026-03-31', evidence: '工单 17', version: '1' }
const NOTHING = 'Nothing was changed: the register says so already.'
const FREED = '<li>Can be shut down now: till</li>'

describe.each(databases)('the address names the change that was made, on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>
  let gates: number[]

  /** till serves 账户1.0, which has nothing left but two open gates; nobody calls till. */
  beforeEach(async () => {
    context = contextOn('2026-03-31', await open())
    site = await serve(createApp(context))
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), '2026-03-31', '0')
    await addService(context, 'till', ['账户1.0'])
    const gate = { kind: 'cutover', state: 'open' }
    gates = [
      await createGate(context, { systemId: system }, { ...gate, key: 'a', name: '切量' }),
      await createGate(context, { systemId: system }, { ...gate, key: 'b', name: '对账' }),
    ]
    await confirm('till')
  })

  const sent = async (path: string, typed: Record<string, string>) => {
    const { status, headers } = await site.post(path, typed)
    expect(status).toBe(303)
    return headers.get('location')!
  }
  const confirm = (key: string) => sent(`/services/${key}/no-consumers`, { evidence: '90 天无调用' })
  const flash = async (address: string) => {
    const { text } = await site.get(address, ENGLISH)
    return /<div class="flash".*?<\/div>/s.exec(text)?.[0]
  }

  test('what is there already changes nothing, and the page says so', async () => {
    expect(await flash(await confirm('till'))).toContain(NOTHING)
    const waiver = { waivedBy: '王芳', waiverReason: '已书面同意', waivedUntil: '2026-06-01' }
    await sent(`/gates/${gates[0]}/waive`, { ...waiver, version: '1' })
    expect(await flash(await sent(`/gates/${gates[0]}/waive`, { ...waiver, version: '2' }))).toContain(
      NOTHING,
    )
  })

  test('of two people each is told what they did themselves', async () => {
    const [first, second] = [
      await sent(`/gates/${gates[0]}/close`, PROOF),
      await sent(`/gates/${gates[1]}/close`, { ...PROOF, evidence: '工单 18' }),
    ]
    const mine = await flash(first)
    expect(mine).toMatch(/<h2>Closed\.<\/h2>\s*<ul>\s*<li>切量<\/li>\s*<\/ul>/)
    expect(mine).toContain('with this change compared with without it')
    expect(mine).toContain(FREED)
    const theirs = await flash(second)
    expect(theirs).toContain('<li>对账</li>')
    expect(theirs).toContain(FREED)
    expect(theirs).not.toContain('compared with')
  })

  test('what was taken back since has no effect any more', async () => {
    await sent(`/gates/${gates[0]}/close`, PROOF)
    const closed = await sent(`/gates/${gates[1]}/close`, PROOF)
    await sent(`/gates/${gates[1]}/reopen`, { state: 'open', reason: '回滚', version: '2' })
    const said = await flash(closed)
    expect(said).toContain('What this changed was changed again since, so it has no effect now.')
    expect(said).not.toContain('till')
  })

  test('a cost that is added, changed or withdrawn says what all of them come to', async () => {
    const cost = { kind: 'machines', amountFen: '500', currency: 'CNY' }
    const added = await flash(await sent(`${SYSTEM}/costs/new`, cost))
    expect(added).toContain('<h2>Added. It now costs at least 500 CNY/month.</h2>')
    for (const kind of ['people', 'other'])
      await sent('/services/till/costs/new', { kind, amountFen: '20', currency: 'USD' })
    const last = await flash(await sent('/services/till/costs/new', cost))
    expect(last).toContain('<h2>Added. It now costs 500 CNY/month + 40 USD/month.</h2>')
    const edited = await flash(await sent('/costs/1/edit', { ...cost, amountFen: '64000', version: '1' }))
    expect(edited).toContain('<h2>Saved. It now costs at least 64,000 CNY/month.</h2>')
    const withdrawn = await sent('/costs/1/withdraw', { reason: '误记', version: '2' })
    expect((await site.get(withdrawn)).text).toContain('<h2>已撤回，记录仍在历史里。现在的成本不清楚。</h2>')
  })

  test('nothing is said of a change of something else, nor of one that never was', async () => {
    const own = await sent(`/gates/${gates[0]}/close`, PROOF)
    await addService(context, 'vault')
    const [, revision] = /done=(\d+)/.exec(await confirm('vault'))!
    const confirmed = await flash(`/services/vault?done=${revision}`)
    expect(confirmed).toContain('Confirmed that no one calls it.')
    expect(confirmed).toContain('<li>vault</li>')
    for (const done of [revision, '999999', 'closed', 'confirmed', '-1']) {
      expect(await flash(`${SYSTEM}?done=${done}`)).toBeUndefined()
      expect(await flash(`/services/till?done=${done}`)).toBeUndefined()
      expect(await flash(`/residuals/1?done=${done}`)).toBeUndefined()
    }
    expect(await flash(own)).toContain('<h2>Closed.</h2>')
  })
})
