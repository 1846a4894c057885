import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { addResidual, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { fieldsOf } from '../support/form-fields.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  /** 账户1.0 with 上海德祐, never counted. */
  async function openSystem() {
    const context = contextOn('2026-03-31', await open())
    await addResidual(context, await addSystem(context))
    const site = await serve(createApp(context))
    return { site, revision: () => readRevision(context.db) }
  }

  test('another language keeps the counts that were typed, and writes none of them', async () => {
    const { site, revision } = await openSystem()
    const before = await revision()
    const typed = {
      day: '2026-3',
      'count-1': '3000+',
      'note-1': '<看板>',
      'reason-1': 'completed',
      lang: 'en',
    }
    for (const path of ['/counts?owner=', '/systems/账户1.0', '/residuals/1']) {
      const { status, text, headers } = await site.post(path, typed)
      expect([status, headers.get('set-cookie')], path).toEqual([200, expect.stringContaining('lang=en;')])
      expect(text).toContain('<html lang="en">')
      expect(text).toContain('data-typed>')
      expect(text).toContain('name="count-1" value="3000+"')
      expect(text).toContain('name="note-1" value="&lt;看板&gt;"')
      expect(text).toContain('<option value="completed" selected>')
      expect(text).toContain('<input type="text" id="day" name="day" value="2026-3"')
    }
    expect(await revision()).toBe(before)
  })

  test('another language keeps what was said of the last round while nothing is typed', async () => {
    const { site } = await openSystem()
    const counted = await site.post('/counts', { day: '2026-03-31', 'count-1': '12', 'seen-1': '0' })
    const saved = counted.headers.get('location')!
    const blank = {
      day: '2026-03-31',
      'count-1': '',
      'note-1': '',
      'reason-1': '',
      'seen-1': '1',
      lang: 'en',
    }
    const { status, headers } = await site.post(saved, blank)
    expect([status, headers.get('location')]).toEqual([303, saved])
    const typed = await site.post(saved, { ...blank, 'count-1': '-3' })
    expect([typed.status, typed.text]).toEqual([200, expect.stringContaining('not saved yet')])
    expect((await site.get(saved)).text).not.toContain('尚未保存')
  })

  test('another language keeps a form with all that it was given with, and does nothing', async () => {
    const { site, revision } = await openSystem()
    const before = await revision()
    const typed = { key: '账户1.0', name: '账户', version: '1', 'found.name': '账户1.0', lang: 'en' }
    const { status, text } = await site.post('/systems/账户1.0/edit', typed)
    expect(status).toBe(200)
    expect(text).toContain('name="name" value="账户"')
    expect(text).toContain('name="version" value="1"')
    expect(text).toContain('name="found.name" value="账户1.0"')
    expect(text).toContain('>中文</button>')
    expect(text).toContain('not saved yet')
    expect(await revision()).toBe(before)
    expect((await site.post('/systems/账户1.0/edit', { ...typed, lang: 'xx' })).status).toBe(422)
  })

  test('a form in which nothing was typed is said to have kept nothing', async () => {
    const { site } = await openSystem()
    const edit = '/systems/%E8%B4%A6%E6%88%B71.0/edit'
    const given = fieldsOf((await site.get(edit)).text)
    const { status, headers } = await site.post(edit, { ...given, lang: 'en' })
    expect([status, headers.get('location')]).toEqual([303, edit])
    expect((await site.post(edit, { ...given, note: '待定', lang: 'en' })).text).toContain('not saved yet')
  })

  test('where there is nothing to type the switch sends nothing, and where two values are to be chosen from all of it', async () => {
    const { site } = await openSystem()
    const bound = 'form="typing"'
    expect((await site.get('/counts')).text).toContain(bound)
    expect((await site.get('/shutdown')).text).not.toContain(bound)
    const edit = { key: '账户1.0', role: 'legacy', version: '1', 'found.name': '账户1.0' }
    await site.post('/systems/账户1.0/edit', { ...edit, name: '账户一' })
    const conflict = await site.post('/systems/账户1.0/edit', { ...edit, name: '账户二' })
    expect([conflict.status, conflict.text.includes(bound)]).toEqual([409, true])
  })
})
