import { describe, expect, test } from 'vitest'
import { editService } from '../../src/actions/services.ts'
import { createSystem, editSystem } from '../../src/actions/systems.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { listDependencies } from '../../src/store/uses.ts'
import { serveApi } from '../support/api.ts'
import { addService, addSystem, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  const named = (key: string) => ({ key, name: key, role: 'legacy' })

  test('an address from before a renaming leads to the thing under its new key', async () => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context, { key: '50_旧', name: 'OP' })
    const service = await addService(context, 'till')
    await editSystem(context, system, { ...named('OP2'), version: 1 })
    await editSystem(context, system, { ...named('OP3'), version: 2 })
    await editService(context, service, { ...named('cash'), systems: [], version: 1 })
    const site = await serve(createApp(context))
    const location = async (path: string) => (await site.get(path)).headers.get('location')
    expect(await location(`/systems/${encodeURIComponent('50_旧')}`)).toBe('/systems/OP3')
    expect(await location('/systems/OP2/status?to=draining')).toBe('/systems/OP3/status?to=draining')
    expect(await location('/services/till?consumers=2')).toBe('/services/cash?consumers=2')
    expect((await site.get('/systems/OP2')).status).toBe(301)
    for (const path of [
      '/systems/op2',
      '/systems/cash',
      '/services/OP2',
      `/systems/${encodeURIComponent('50x旧')}`,
    ])
      expect((await site.get(path)).status, path).toBe(404)
  })

  test('an address in another case leads to the one thing that is called so', async () => {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context, { key: 'Op-Ä', name: 'OP' })
    await addService(context, 'zjjg')
    const site = await serve(createApp(context))
    const location = async (path: string) => (await site.get(path)).headers.get('location')
    expect(await location('/services/ZJJG?consumers=2')).toBe('/services/zjjg?consumers=2')
    expect(await location('/services/Zjjg/edit')).toBe('/services/zjjg/edit')
    expect(await location(`/systems/${encodeURIComponent('op-ä')}`)).toBe('/systems/Op-%C3%84')
    const api = await serveApi(context)
    expect((await api.get('/services/ZJJG')).headers.get('location')).toBe('/api/v1/services/zjjg')
    await addService(context, 'other')
    await context.db.updateTable('service').set({ key: 'zJJg' }).where('key', '=', 'other').execute()
    expect((await site.get('/services/ZJJG')).status).toBe(404)
  })

  test('a former key is not given to another thing, and may be taken back by its own', async () => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context, { key: 'OP', name: 'OP' })
    await editSystem(context, system, { ...named('OP2'), version: 1 })
    const other = { ...named('OP'), status: 'migrating' }
    expect(await refusalOf(createSystem(context, other))).toEqual(['key: input.former_key'])
    await editSystem(context, system, { ...named('OP'), version: 2 })
    expect(await refusalOf(createSystem(context, { ...other, key: 'OP2' }))).toEqual([
      'key: input.former_key',
    ])
  })

  test('a use may name a service by a former key or in another case, and by nothing that only looks alike', async () => {
    const context = contextOn('2026-03-31', await open())
    const till = await addService(context, 'till')
    await addService(context, 'Bank')
    await editService(context, till, { ...named('cash'), systems: [], version: 1 })
    const evidence = { strength: 'hard', needs: 'from', declaredOn: '2026-03-01' }
    const use = (consumer: string, provider: string) =>
      createDependency(context, { ...evidence, consumer, provider })
    expect(await refusalOf(use('till', 'bank'))).toEqual([])
    expect(await listDependencies(context.db)).toMatchObject([{ consumer: 'cash', provider: 'Bank' }])
    expect(await refusalOf(use('CASH', 'till'))).toEqual(['provider: use.onto_itself'])
    expect(await refusalOf(use('cash', 'Bank'))).toEqual(['provider: use.already_there'])
    for (const alike of ['cas', 'c4sh', 'Ｃash', 'bank-2'])
      expect(await refusalOf(use(alike, 'bank'))).toEqual(['consumer: input.unknown_service'])
  })
})
