import { expect, test } from 'vitest'
import { createDependency } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const SYSTEM = '/systems/账户1.0'
const HELD = '<li>Can no longer be shut down: till; earliest shutdown and planned day: 2026-03-31 → '
const FREED = '<li>Can be shut down now: till</li>'

test.each(databases)('a residual says whom it holds and frees, on $name', async ({ open }) => {
  const context = contextOn('2026-03-31', await open())
  const site = await serve(createApp(context))
  const said = async (path: string, typed: Record<string, string>) => {
    const sent = await site.post(path, typed)
    expect(sent.status).toBe(303)
    const { text } = await site.get(sent.headers.get('location')!, { cookie: 'lang=en' })
    return /<div class="flash".*?<\/div>/s.exec(text)![0]
  }
  const system = await addSystem(context)
  await count(context, await addResidual(context, system), '2026-03-31', '0')
  for (const key of ['till', 'ledger']) await addService(context, key, ['账户1.0'])
  const use = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
  await createDependency(context, { consumer: 'till', provider: 'ledger', ...use })

  const residual = { key: '天津', name: '天津', nameEn: 'Tianjin', unit: 'order' }
  const added = await said(`${SYSTEM}/residuals/new`, residual)
  expect(added).toMatch(/<h2>Added\.<\/h2>\s*<ul>\s*<li>天津 · Tianjin<\/li>/)
  expect(added).toContain(HELD)
  const more = await said(`${SYSTEM}/residuals/new`, { ...residual, key: '北京', name: '北京' })
  expect(more).toContain('No service’s verdict changed.')

  const closing = { on: '2026-03-31', reason: '并入上海', version: '1', answers: 'close:unknown' }
  expect(await said('/residuals/3/close', closing)).toContain('No service’s verdict changed.')
  const closed = await said('/residuals/2/close', closing)
  expect(closed).toContain('<h2>Closed.</h2>')
  expect(closed).toContain(FREED)
  const opened = await said('/residuals/2/reopen', { reason: '仍有订单', version: '2' })
  expect(opened).toContain('<h2>Opened again.</h2>')
  expect(opened).toContain(HELD)
})

test.each(databases)(
  'a reading that is withdrawn says whom what counts now holds, on $name',
  async ({ open }) => {
    const context = contextOn('2026-03-31', await open())
    const site = await serve(createApp(context))
    const residual = await addResidual(context, await addSystem(context))
    await count(context, residual, '2026-02-28', '5')
    const [zero] = await count(context, residual, '2026-03-31', '0')
    for (const key of ['till', 'ledger']) await addService(context, key, ['账户1.0'])
    const use = { strength: 'hard', needs: 'from', declaredOn: '2026-01-01' }
    await createDependency(context, { consumer: 'till', provider: 'ledger', ...use })
    const withdraw = async (id: number) => {
      const sent = await site.post(`/readings/${id}/withdraw`, { reason: '数错' })
      return (await site.get(sent.headers.get('location')!, { cookie: 'lang=en' })).text
    }
    const [early] = await count(context, residual, '2026-03-01', '4')
    expect(await withdraw(early!.readingId)).toContain('No service’s verdict changed.')
    expect(await withdraw(zero!.readingId)).toContain(HELD)
  },
)
