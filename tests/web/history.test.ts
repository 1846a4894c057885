import { describe, expect, test } from 'vitest'
import { createEvent } from '../../src/actions/events.ts'
import { createApp } from '../../src/app.ts'
import { addService, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('the history is filtered in the address by person, action and days', async () => {
    const db = await open()
    await addSystem(contextOn('2026-03-30', db))
    const context = contextOn('2026-03-31', db, { ACTOR: '王芳' })
    await addService(context, 'cash')
    const site = await serve(createApp(context))
    const told = async (query: string) => {
      const [, page = ''] = (await site.get(`/history?${query}`)).text.split('action="/history"')
      const lines = page.split('</form>')[1]!
      return ['账户1.0', 'cash'].filter(name => lines.includes(name))
    }
    expect(await told('')).toEqual(['账户1.0', 'cash'])
    expect(await told(`actor=${encodeURIComponent('王芳')}`)).toEqual(['cash'])
    expect(await told('action=create-system')).toEqual(['账户1.0'])
    expect(await told('to=2026-03-30')).toEqual(['账户1.0'])
    expect(await told('from=2026-03-31&to=2026-03-31')).toEqual(['cash'])
    expect(await told('service=cash&from=2026-04-01')).toEqual([])
    expect(await told('actor=nobody&action=nonsense&from=2026-02-30')).toEqual(['账户1.0', 'cash'])
  })

  test('an event that lay ahead when it was entered stays told as a plan, and one of that day does not', async () => {
    const db = await open()
    const then = contextOn('2026-03-31', db)
    const id = await addSystem(then)
    const cutover = { kind: 'cutover', title: '切量' }
    await createEvent(then, id, { ...cutover, day: '2026-03-31' })
    await createEvent(then, id, { ...cutover, day: '2026-04-30' })
    const site = await serve(createApp(contextOn('2026-05-31', db)))
    const { text } = await site.get('/history')
    expect(text).toContain('<ins>2026-03-31</ins>')
    expect(text).toContain('<ins>2026-04-30（计划）</ins>')
    expect((await site.get('/history', ENGLISH)).text).toContain('<ins>2026-04-30 (planned)</ins>')
  })
})
