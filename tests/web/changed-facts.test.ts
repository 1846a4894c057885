import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { fieldsOf } from '../support/form-fields.ts'
import { serve } from '../support/server.ts'

const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`

describe.each(databases)('on $name', ({ open }) => {
  async function openSystem() {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    return { context, site: await serve(createApp(context)) }
  }

  test('a new target that has passed is asked back, and one that stands is not', async () => {
    const { site } = await openSystem()
    const typed = fieldsOf((await site.get(`${SYSTEM}/edit`)).text)
    const past = { ...typed, targetOn: '2025-12-31' }
    const asked = await site.post(`${SYSTEM}/edit`, past)
    expect([asked.status, asked.text.includes('目标日 2025-12-31 已过')]).toEqual([422, true])
    const kept = await site.post(`${SYSTEM}/edit`, { ...past, answers: 'system.target_past:2025-12-31' })
    expect(kept.status).toBe(303)
    const newly = fieldsOf((await site.get(`${SYSTEM}/edit`)).text)
    expect((await site.post(`${SYSTEM}/edit`, { ...newly, targetOn: '2026-03-31' })).status).toBe(303)
    const again = fieldsOf((await site.get(`${SYSTEM}/edit`)).text)
    expect((await site.post(`${SYSTEM}/edit`, { ...again, owner: '王芳' })).status).toBe(303)
  })

  test('another target is answered with the old one, and with the chance to meet either', async () => {
    const { context, site } = await openSystem()
    const id = await addResidual(context, 1)
    for (const [day, left] of [
      ['2025-10-31', '100'],
      ['2025-12-31', '61'],
      ['2026-03-31', '20'],
    ] as const)
      await count(context, id, day, left)
    const answer = async (targetOn: string, language: string) => {
      const typed = fieldsOf((await site.get(`${SYSTEM}/edit`)).text)
      const sent = await site.post(`${SYSTEM}/edit`, { ...typed, targetOn })
      const { text } = await site.get(sent.headers.get('location')!, { cookie: `lang=${language}` })
      return /class="flash".*?<h2>(.*?)<\/h2>/s.exec(text)![1]!
    }
    expect(await answer('2027-06-30', 'en')).toMatch(
      /^Saved\. Its target day is 2027-06-30\. The chance to be empty by then is [^ ]+%\.$/,
    )
    expect(await answer('2027-01-31', 'zh')).toMatch(
      /^已保存。目标日由 2027-06-30 改为 2027-01-31。到那天清空的可能是 [^ ]+%，到 2027-06-30 是 [^ ]+%。$/,
    )
    expect(await answer('', 'en')).toBe('Saved. It has no target day any more; it was 2027-01-31.')
  })

  test('a starting amount is changed only with a reason, which the history tells', async () => {
    const { context, site } = await openSystem()
    const id = await addResidual(context, 1, { key: '北京', name: '北京', baseline: '500' })
    const typed = fieldsOf((await site.get(`/residuals/${id}/edit`)).text)
    const refused = await site.post(`/residuals/${id}/edit`, { ...typed, baseline: '600' })
    expect([refused.status, refused.text.includes('要写明为什么改')]).toEqual([422, true])
    const changed = { ...typed, baseline: '600', baselineReason: '漏数了一个库' }
    expect((await site.post(`/residuals/${id}/edit`, changed)).status).toBe(303)
    expect((await site.get('/history')).text).toContain('原因：漏数了一个库')
  })

  test('a starting amount in another unit is another one, and needs its reason too', async () => {
    const { context, site } = await openSystem()
    const id = await addResidual(context, 1, { key: '北京', name: '北京', unit: 'account', baseline: '1500' })
    const edit = `/residuals/${id}/edit`
    const typed = { ...fieldsOf((await site.get(edit)).text), unit: 'job' }
    const refused = await site.post(edit, typed)
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('起始存量 1,500 的单位会从“户”变成“任务”')
    const english = await site.post(edit, typed, { cookie: 'lang=en' })
    expect(english.text).toContain('The baseline of 1,500 would change from accounts to jobs; say why')
    expect((await site.post(edit, { ...typed, baselineReason: '单位选错了' })).status).toBe(303)
    const none = await addResidual(context, 1, { key: '上海', name: '上海' })
    const bare = { ...fieldsOf((await site.get(`/residuals/${none}/edit`)).text), unit: 'job' }
    expect((await site.post(`/residuals/${none}/edit`, bare)).status).toBe(303)
  })

  test('a starting amount below what was counted since is asked back, and a recount above it says so', async () => {
    const { context, site } = await openSystem()
    const id = await addResidual(context, 1, { key: '北京', name: '北京', baseline: '940' })
    await count(context, id, '2026-03-01', '610')
    const recount = { day: '2026-03-31', [`count-${id}`]: '900', [`reason-${id}`]: 'recount' }
    const done = async (counted: string) => {
      const { headers } = await site.post('/counts', { ...recount, [`count-${id}`]: counted })
      return (await site.get(headers.get('location')!)).text
    }
    expect(await done('900')).not.toContain('比起始存量')
    expect(await done('1180')).toContain('北京 盘点修正后是 1,180，比起始存量 940 还多')
    const typed = fieldsOf((await site.get(`/residuals/${id}/edit`)).text)
    const edited = { ...typed, baseline: '500', baselineReason: '重数' }
    const asked = await site.post(`/residuals/${id}/edit`, edited, { cookie: 'lang=en' })
    expect(asked.status).toBe(422)
    expect(asked.text).toContain(
      'The baseline of 500 is less than what was counted on 2026-03-31: 1,180 orders.',
    )
    const [, answers] = /name="answers" value="([^"]+)"/.exec(asked.text)!
    expect((await site.post(`/residuals/${id}/edit`, { ...edited, answers: answers! })).status).toBe(303)
  })
})
