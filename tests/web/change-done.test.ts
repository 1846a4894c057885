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
    expect(withdrawn).toContain('<li>Can no longer be shut down: till</li>')
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
    expect(on).toContain('<li>Can no longer be shut down: db</li>')
    expect(on).not.toContain('now: till')
  })
})
