import { expect, test } from 'vitest'
import { createGate } from '../../src/actions/gates.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-03-31' }

test.each(databases)(
  'on $name: what stays is not among the services that something holds',
  async ({ open }) => {
    const context = contextOn('2026-03-31', await open())
    const till = await addService(context, 'till')
    await addService(context, 'vault')
    await addService(context, 'core', [], 'stay')
    const gate = { key: 'audit', name: 'audit', kind: 'approval', state: 'open' }
    await createGate(context, { serviceId: till }, gate)
    for (const provider of ['vault', 'core'])
      await createDependency(context, { ...USE, consumer: 'till', provider })
    const { get } = await serve(createApp(context))
    const read = async (path: string) => JSON.parse((await get(`/api/v1${path}`)).text)
    const [held] = (await read('/blockers')).items
    expect(held).toMatchObject({ id: 'sgate:till/audit', holdsInAll: 2 })
    const { items } = await read('/services?blocker=sgate:till/audit')
    expect(items.map(({ key }: { key: string }) => key)).toEqual(['till', 'vault'])
    const page = (await get('/shutdown', { cookie: 'lang=en' })).text
    const section = page.slice(page.indexOf('id="blocked"'))
    expect(section).toContain('href="/services/vault"')
    expect(section.slice(0, section.indexOf('</table>'))).not.toContain('href="/services/core"')
  },
)
