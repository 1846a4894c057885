import { describe, expect, test } from 'vitest'
import { publishForecasts } from '../../src/actions/forecasts.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { textOf } from '../support/page-text.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('nothing leads to the forecast of a system that is off, and its record says that it is', async () => {
    const db = await open()
    const system = await addSystem(contextOn('2026-03-01', db))
    const residual = await addResidual(contextOn('2026-03-01', db), system)
    await addService(contextOn('2026-03-01', db), 'core', ['账户1.0'])
    for (const [day, text] of [
      ['2026-03-01', '100'],
      ['2026-03-15', '80'],
    ] as const) {
      await count(contextOn(day, db), residual, day, text)
      await publishForecasts(contextOn(day, db))
    }
    const context = contextOn('2026-03-29', db)
    const { get } = await serve(createApp(context))
    const dead = async (path: string) => (await get(path, ENGLISH)).text.match(/[^"]*systems[^"]*#forecast/g)
    expect(await dead('/forecast')).toHaveLength(1)
    const off = { to: 'retired', on: '2026-03-29', overrideReason: '机房断电', version: 1 }
    await changeStatus(context, system, { ...off, answers: ['status.still_running:core'] })
    await publishForecasts(context)
    for (const path of ['/forecast', '/services/core']) expect(await dead(path), path).toBeNull()
    const rows = textOf((await get('/forecast', ENGLISH)).text, 'class="scroll tall"', '</table>')
    expect(rows).toContain('2026-03-29 Retired')
  })
})
