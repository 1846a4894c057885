import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { closeResidual } from '../../src/actions/residuals.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { findSystem } from '../../src/store/systems.ts'
import { addResidual, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`

describe.each(databases)('on $name', ({ open }) => {
  async function openRegister() {
    const context = contextOn('2026-03-31', await open())
    return { context, id: await addSystem(context), site: await serve(createApp(context)) }
  }

  test('what was noted of a residual stands beside it, as it does in the round of counts', async () => {
    const { site, context, id } = await openRegister()
    await addResidual(context, id, {
      key: '任务',
      name: '任务',
      unit: 'job',
      note: '已下线 74 个，迁移 107 个',
    })
    for (const path of [SYSTEM, '/counts']) expect((await site.get(path)).text).toContain('迁移 107 个')
    await addResidual(context, id, { key: '历史单', name: '历史单', declaredRate: '10', note: '文档所述' })
    const { text } = await site.get('/counts', { cookie: 'lang=en' })
    expect(text).toMatch(/about 10 a month.*lang="zh-CN">文档所述/)
  })

  test('that a system stays is named before its status', async () => {
    const { site, context } = await openRegister()
    await addSystem(context, { key: 'core', name: '新核心', role: 'stay' })
    const headline = async (path: string) =>
      /<p class="headline">.*?<\/p>/s.exec((await site.get(path, { cookie: 'lang=en' })).text)![0]
    expect(await headline('/systems/core')).toMatch(
      /KEEP">stays<\/span> <span class="tag draining">Draining</,
    )
    expect(await headline(SYSTEM)).not.toContain('stays')
  })

  test('that no residual was ever recorded, and that none is open any more, are two things', async () => {
    const { site, context, id } = await openRegister()
    const text = async () => (await site.get(SYSTEM, { cookie: 'lang=en' })).text
    expect(await text()).toContain('No residual is recorded, so nobody can say when it is empty.')
    const residual = await addResidual(context, id)
    const closing = { on: '2026-03-31', reason: '重复', version: 1, answers: ['close:unknown:last'] }
    await closeResidual(context, residual, closing)
    expect(await text()).toContain('No residual is open, so nobody can say when it is empty.')
  })

  test('a declared day of being empty says that a forecast goes before it', async () => {
    const { site, context, id } = await openRegister()
    const residual = await addResidual(context, id, { declaredZeroOn: '2027-10-01' })
    for (const path of [SYSTEM, `/residuals/${residual}`]) {
      const { text } = await site.get(path, { cookie: 'lang=en' })
      expect(text).toContain(
        'declared to be empty on 2027-10-01, which counts only while there is no forecast',
      )
    }
    const form = (await site.get(`/residuals/${residual}/edit`)).text
    expect(form).toContain('有了预测，以预测为准')
  })

  test('an event that lies ahead is listed as a plan, and as a fact from its day on', async () => {
    const { site, context, id } = await openRegister()
    await createEvent(context, id, { day: '2031-01-01', kind: 'cutover', title: '全量切换' })
    await createEvent(context, id, { day: '2026-03-31', kind: 'cutover', title: '二手切量' })
    const lines = (await site.get(SYSTEM)).text.match(/<li><time.*<strong>.*/g)!
    const isPlanned = (title: string) => lines.find(line => line.includes(title))!.includes('计划')
    expect([isPlanned('全量切换'), isPlanned('二手切量')]).toEqual([true, false])
  })
  test('why a system was retired unready stays in its course, also after it was reopened', async () => {
    const { site, context, id } = await openRegister()
    const move = async (input: object) => {
      const { version } = (await findSystem(context.db, '账户1.0'))!
      await changeStatus(context, id, { on: '2026-03-31', version, ...input })
    }
    await move({ to: 'retired', overrideReason: '合同到期，余单人工处理' })
    await move({ to: 'draining', reason: '又有人调用' })
    const [, events = ''] = (await site.get(SYSTEM)).text.split('id="events"')
    expect(events.split('</section>')[0]).toContain('合同到期，余单人工处理')
  })
})
