import { beforeEach, describe, expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const UNKNOWN = '; earliest shutdown and planned day: 2026-03-31 → unknown</li>'
const NEVER = UNKNOWN.replace('unknown', 'never')
const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
const WAIVER = { waivedBy: '王芳', waiverReason: '已书面同意', waivedUntil: '2026-06-01', version: '1' }

describe.each(databases)('what a change did to the verdicts, on $name', ({ open }) => {
  let context: Context
  let site: Awaited<ReturnType<typeof serve>>

  beforeEach(async () => {
    context = contextOn('2026-03-31', await open())
    site = await serve(createApp(context))
  })

  async function said(path: string, typed: Record<string, string>): Promise<string> {
    const sent = await site.post(path, typed)
    expect(sent.status).toBe(303)
    const { text } = await site.get(sent.headers.get('location')!, ENGLISH)
    return /<div class="flash".*?<\/div>/s.exec(text)![0]
  }

  /** till calls ledger and nobody calls till; 账户1.0, which both serve, has nothing left. */
  async function openChain() {
    const system = await addSystem(context)
    await count(context, await addResidual(context, system), '2026-03-31', '0')
    for (const key of ['till', 'ledger']) await addService(context, key, ['账户1.0'])
    const use = await createDependency(context, { consumer: 'till', provider: 'ledger', ...USE })
    return { system, use }
  }

  test('waiving a use, and withdrawing it, say which services that frees', async () => {
    await addService(context, 'core', [], 'stay')
    await addService(context, 'vault')
    const use = await createDependency(context, { consumer: 'core', provider: 'vault', ...USE })
    const waived = await said(`/dependencies/${use}/waive`, WAIVER)
    expect(waived).toContain('<li>core → vault</li>')
    expect(waived).toContain('<li>Can be shut down now: vault</li>')
    const { use: other } = await openChain()
    const withdrawn = await said(`/dependencies/${other}/withdraw`, { reason: '误记', version: '1' })
    expect(withdrawn).toContain(`<li>Can no longer be shut down: till${UNKNOWN}`)
  })

  test('a waiver of a use is ended before its day, and holds what it let pass', async () => {
    await addService(context, 'core', [], 'stay')
    await addService(context, 'vault')
    const use = await createDependency(context, { consumer: 'core', provider: 'vault', ...USE })
    const path = `/dependencies/${use}/end-waiver`
    expect((await site.get(path)).status).toBe(409)
    await site.post(`/dependencies/${use}/waive`, WAIVER)
    const { text } = await site.get('/services/vault', ENGLISH)
    expect(text).toContain(`href="/dependencies/${use}/waive">Change waiver</a>`)
    expect(text).toContain(`href="${path}">End waiver</a>`)
    const ended = await said(path, { reason: '不再同意', version: '2' })
    expect(ended).toMatch(/The waiver has ended\.<\/h2>\s*<ul>\s*<li>core → vault<\/li>/)
    expect(ended).toContain(`<li>Can no longer be shut down: vault${NEVER}`)
    expect((await site.get('/services/vault', ENGLISH)).text).toContain(`/waive">Waive</a>`)
  })

  test('waiving a gate of a system, and withdrawing one, say which services that frees', async () => {
    const { system } = await openChain()
    const gate = { name: '切量', kind: 'cutover', state: 'open' }
    const first = await createGate(context, { systemId: system }, { ...gate, key: 'a' })
    const second = await createGate(context, { systemId: system }, { ...gate, key: 'b' })
    expect(await said(`/gates/${first}/waive`, WAIVER)).toContain('No service’s verdict changed.')
    const withdrawn = await said(`/gates/${second}/withdraw`, { reason: '误记', version: '1' })
    expect(withdrawn).toContain('<li>Can be shut down now: till</li>')
  })

  test('a gate that is added says whom it holds, of a service as of a system', async () => {
    await openChain()
    const gate = { key: 'a', name: '切量', nameEn: 'Cutover', kind: 'cutover', state: 'open' }
    const added = await said('/services/till/gates/new', gate)
    expect(added).toContain('<li>切量 · Cutover</li>')
    expect(added).toContain(`<li>Can no longer be shut down: till${UNKNOWN}`)
    expect(added).toContain(`<li>From “Free after others” to “Blocked”: ledger${UNKNOWN}`)
    const more = await said('/systems/账户1.0/gates/new', { ...gate, key: 'b' })
    expect(more).toContain('No service’s verdict changed.')
    await said('/gates/1/withdraw', { reason: '误记', version: '1' })
    await said('/gates/2/withdraw', { reason: '误记', version: '1' })
    const unknown = await said('/systems/账户1.0/gates/new', { ...gate, key: 'c', state: 'unknown' })
    expect(unknown).toContain(`<li>Can no longer be shut down: till${UNKNOWN}`)
  })

  test('a switch names all that went or came back, and what that does to the others', async () => {
    await openChain()
    await createDependency(context, { consumer: 'ledger', provider: 'till', ...USE })
    await addService(context, 'db')
    await createDependency(context, { consumer: 'ledger', provider: 'db', ...USE })
    const off = await said('/services/till/shutdown', {
      ...{ on: '2026-03-31', reason: '停', version: '1' },
      answers: 'shutdown.group:ledger',
    })
    expect(off).toMatch(/<li>till<\/li>\s*<li>ledger<\/li>/)
    expect(off).toContain('<li>Can be shut down now: db</li>')
    const on = await said('/services/till/bring-back', {
      ...{ reason: '恢复', version: '2' },
      answers: 'shutdown.ring_off:ledger',
    })
    expect(on).toMatch(/<li>till<\/li>\s*<li>ledger<\/li>/)
    expect(on).toContain('<li>Still free, but now only once others before them are off: db</li>')
    expect(on.match(/\bdb\b/g)).toHaveLength(1)
    expect(on).not.toContain('now: till')
  })

  test('what is waived for one who stays is told of whoever else still holds it', async () => {
    const { system } = await openChain()
    await createGate(
      context,
      { systemId: system },
      { name: '切量', kind: 'cutover', state: 'open', key: 'a' },
    )
    await addService(context, 'core', [], 'stay')
    const use = await createDependency(context, { consumer: 'core', provider: 'till', ...USE })
    const waived = await said(`/dependencies/${use}/waive`, WAIVER)
    expect(waived).toContain('<li>From “Needs re-pointing” to “Blocked”: ledger, till</li>')
    expect(waived).not.toContain('No service’s verdict changed')
  })

  test('a use that is added says whom it holds, whichever end it was added at', async () => {
    await openChain()
    await addService(context, 'core', [], 'stay')
    const { strength, needs, declaredOn } = USE
    const use = { strength, needs, declaredOn }
    const added = await said('/services/core/providers/new', { provider: 'till', ...use })
    expect(added).toContain('<li>core → till</li>')
    expect(added).toContain(`<li>Can no longer be shut down: till${NEVER}`)
    expect(added).toContain(`<li>From “Free after others” to “Needs re-pointing”: ledger${NEVER}`)
    const outside = await said('/services/ledger/externals/new', { name: '某银行', ...use })
    expect(outside).toContain('No service’s verdict changed.')
  })

  test('the first use of a service says that nobody needs to confirm any more', async () => {
    for (const key of ['till', 'vault']) await addService(context, key)
    const added = await said('/services/vault/consumers/new', { consumer: 'till', ...USE })
    expect(added).toContain('<li>Can be shut down now: till</li>')
    expect(added).toContain('<li>Free once others before them are off: vault</li>')
  })

  test('a use that takes a confirmation back says so', async () => {
    await addService(context, 'till')
    await said('/services/till/no-consumers', { evidence: '90 天无调用' })
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-03-31' }
    const added = await said('/services/till/externals/new', { name: '某银行', ...use })
    expect(added).toMatch(
      /<p>Taken back by it: till \/ 确认无调用方 · No consumers confirmed\. Withdrawing the use later/,
    )
    expect(added).toContain(`<li>Can no longer be shut down: till${UNKNOWN}`)
    const withdrawn = await said('/externals/1/withdraw', { reason: '误记', version: '1' })
    expect(withdrawn).toContain(
      'That nobody calls till was confirmed before and stays taken back, until somebody confirms it again.',
    )
  })

  test('a use that is edited says what it held before', async () => {
    const { use } = await openChain()
    const edited = await said(`/dependencies/${use}/edit`, { ...USE, strength: 'soft', version: '1' })
    expect(edited).toContain('<li>till → ledger</li>')
    expect(edited).toContain(`<li>Can no longer be shut down: till${UNKNOWN}`)
    const noted = { ...USE, strength: 'soft', note: '对账' }
    const only = (heading: string) => new RegExp(`^[^>]*>\\s*<h2>${heading}</h2>\\s*</div>$`)
    const path = `/dependencies/${use}/edit`
    expect(await said(path, { ...noted, version: '2' })).toMatch(only('Saved\\.'))
    expect(await said(path, { ...noted, version: '3' })).toMatch(only('Nothing was changed:[^<]*'))
  })

  test('another role of a service or a system, and another status, say what that changes', async () => {
    await openChain()
    const till = { key: 'till', name: 'till', systems: '账户1.0', roleReason: '另有用处' }
    const stays = await said('/services/till/edit', { ...till, role: 'stay', version: '1' })
    expect(stays).toContain('<li>till: legacy (to be shut down) → stays</li>')
    expect(stays).toContain(`<li>Can no longer be shut down: till${NEVER}`)
    expect(stays).toContain(`<li>From “Free after others” to “Needs re-pointing”: ledger${NEVER}`)
    await said('/services/till/edit', { ...till, role: 'legacy', version: '2' })
    const moved = await said('/systems/账户1.0/status', {
      to: 'cutover_pending',
      on: '2026-03-31',
      reason: '漏单',
      version: '1',
    })
    expect(moved).toContain('<li>账户1.0: Draining → Cutover pending</li>')
    expect(moved).toContain(`<li>Can no longer be shut down: till${UNKNOWN}`)
    const named = { key: '账户1.0', name: '账户1.0', nameEn: 'Accounts', roleReason: '留用' }
    const kept = await said('/systems/账户1.0/edit', { ...named, role: 'stay', version: '2' })
    expect(kept).toContain('<li>账户1.0 · Accounts: legacy (to be retired) → stays</li>')
    expect(kept).toContain('<li>From “Blocked” to “Keep”: ledger, till</li>')
  })
})
