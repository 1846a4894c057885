import { beforeEach, describe, expect, test } from 'vitest'
import { closeResidual } from '../../src/actions/residuals.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { listSystems } from '../../src/store/systems.ts'
import { addResidual, addSystem, type Counted, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { addCountedSystem, addLargeSystems, columnOfTable } from '../support/estate-burndown.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-07-01'
const WEEKS = ['2026-06-03', '2026-06-10', '2026-06-17', '2026-06-24', TODAY]

describe.each(databases)('the burn-down of the estate, on $name', ({ open }) => {
  let context: Context

  beforeEach(async () => {
    context = contextOn(TODAY, await open())
  })

  const addCounted = (key: string, readings: readonly Counted[]) => addCountedSystem(context, key, readings)
  const addLarge = () => addLargeSystems(context, WEEKS)

  async function ask(path: string): Promise<string> {
    return (await (await serve(createApp(context))).get(path, { cookie: 'lang=en' })).text
  }

  const columnOf = async (path: string, fromEnd: number) => columnOfTable(await ask(path), fromEnd)

  test('the shared layer adds what the tables of its systems say of each day', async () => {
    await addLarge()
    await addCounted('gamma', [
      ['2026-06-03', '3'],
      ['2026-06-24', '0'],
    ])
    await addCounted(
      'delta',
      WEEKS.map(day => [day, '20']),
    )
    expect((await columnOf('/systems/gamma', 1)).get('2026-06-24')).toBe('0')
    expect(Object.fromEntries(await columnOf('/', 2))).toEqual({
      '2026-06-03': '23',
      '2026-06-10': '~22',
      '2026-06-17': '~21',
      '2026-06-24': '20',
      [TODAY]: '~20',
    })
    expect(Object.fromEntries(await columnOf('/', 1))).toMatchObject({
      '2026-06-10': '~63,022',
      '2026-06-24': '63,020',
    })
  })

  test('about is said of the days on which one of its counts was, and not of others', async () => {
    await addLarge()
    await addCounted('gamma', [
      ['2026-06-03', '~70'],
      ['2026-06-17', '~40'],
      [TODAY, '30'],
    ])
    await addCounted(
      'delta',
      WEEKS.map(day => [day, '400']),
    )
    expect([...(await columnOf('/', 2)).values()]).toEqual(['430', '~435', 'about 440', '~455', 'about 470'])
    expect(await ask('/')).toContain('Other systems <b>430 (2026-07-01)</b>')
  })

  test('what a retired system had left is gone with it, and makes nothing about', async () => {
    await addLarge()
    const meteor = await addCounted('meteor', [['2026-05-01', '3']])
    await addCounted(
      'venus',
      WEEKS.map((day, at) => [day, String(4 - at)]),
    )
    const over = { to: 'retired', on: '2026-05-20', overrideReason: '合同到期', version: 1 }
    await changeStatus(context, meteor, over)
    expect([...(await columnOf('/', 2)).values()]).toEqual(['0', '1', '2', '3', '4', '0', '3'])
    expect(await ask('/')).toContain('includes what was left in retired systems: meteor 3. Their lines end')
    const [large] = await listSystems(context.db, { text: 'large-0' }, 'name', { limit: 1, offset: 0 })
    await changeStatus(context, large!.id, { ...over, on: TODAY, version: large!.version })
    expect(await ask('/')).toMatch(/retired systems: (?:large-0 9,000, meteor 3|meteor 3, large-0 9,000)\./)
    expect(await ask('/')).toContain('Other systems <b>0 (2026-07-01)</b>')
  })

  test.each([
    ['before its closing', '2026-06-24'],
    ['on the day of it', TODAY],
  ])('a residual closed with something left, counted %s, is no counted 0, and is named', async (_, day) => {
    const id = await addSystem(context)
    const residual = await addResidual(context, id, { unit: 'job' })
    const other = await addResidual(context, id, { key: '装贝', name: '装贝', unit: 'job' })
    await count(context, residual, day, '17')
    await closeResidual(context, residual, {
      on: TODAY,
      reason: '改由人工',
      version: 1,
      answers: ['close:17:exact'],
    })
    const page = await ask('/?unit=job')
    expect(page).toContain(`Other systems <b>17 (${day})</b>`)
    expect(page).toContain(
      `a residual was closed: 账户1.0: 上海德祐 17 (${TODAY}). After that day the picture is without it.`,
    )
    expect([...(await columnOf('/?unit=job', 1))]).toEqual([[day, '17']])
    await count(context, other, TODAY, '4')
    context.now = () => new Date('2026-07-02T12:00:00Z')
    await count(context, other, '2026-07-02', '4')
    expect((await columnOf('/?unit=job', 1)).get('2026-07-02')).toBe('4')
  })

  test('that all that was counted lately is empty is told apart from nothing being counted', async () => {
    await addCounted('alpha', [[TODAY, '0']])
    expect(await ask('/')).toContain('all that drains and was counted in the last 180 days is empty')
  })

  test('of what was counted too long ago to draw ahead it is said that nothing was counted lately', async () => {
    await addCounted('beta', [['2025-01-01', '7']])
    expect(await ask('/')).toContain('nothing that drains was counted in the last 180 days')
  })

  test('a count of years ago stays out of the forecast when another system is counted, and the chart says so', async () => {
    await addCounted('beta', [['2023-06-01', '3000+']])
    await addCounted('alpha', [[TODAY, '170']])
    const page = await ask('/')
    expect(page).toContain('is without 1 residual not counted in the last 180 days')
    const [, ahead] = /what will be left<\/caption>.*?<tbody>(.*?)<\/tbody>/s.exec(page)!
    for (const [, cell] of ahead!.matchAll(/<td[^>]*>([^<]*)</g)) expect(Number(cell)).toBeLessThan(200)
  })

  test('of a leak it is said that it has no forecast, not that nobody counted', async () => {
    const system = await addSystem(context, { statusOn: '2026-01-01', statusReason: '已切量' })
    const residual = await addResidual(context, system)
    for (const [day, text] of [
      ['2026-06-03', '5'],
      [TODAY, '9'],
    ])
      await count(context, residual, day!, text!)
    expect(await ask('/')).toContain('nothing that drains and was counted in the last 180 days has one')
  })
})
