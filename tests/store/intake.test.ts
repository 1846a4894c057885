import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { leakOf } from '../../src/domain/forecast/residual.ts'
import { MOVES } from '../../src/domain/lifecycle.ts'
import type { Status } from '../../src/domain/vocabulary.ts'
import { loadForecastSystems, outlookOf } from '../../src/store/forecasts.ts'
import { loadClosedIntakes } from '../../src/store/intake.ts'
import { findSystemsById } from '../../src/store/systems.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-04-01'
const OPEN: Status[] = ['migrating', 'cutover_pending', 'cancelled']

async function move(context: Context, id: number, to: Status, on = TODAY): Promise<void> {
  const [system] = await findSystemsById(context.db, [id])
  const reviewOn = to === 'on_hold' ? '2026-05-01' : ''
  const why = { reason: '监管要求', reviewOn, overrideReason: '试运行' }
  await changeStatus(context, id, { to, on, ...why, version: system!.version })
}

async function forecastOf(context: Context, id: number) {
  const [loaded] = await loadForecastSystems(context.db, [id], TODAY, 1)
  return outlookOf(loaded!, TODAY).residuals[0]!.forecast
}

describe.each(databases)('on $name', ({ open }) => {
  test('a leak stays over a hold, on the pages and in the forecast, and the first day of draining with it', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    await count(context, residual, '2026-02-01', '2000')
    await count(context, residual, '2026-03-20', '2500')
    for (const to of ['on_hold', 'draining'] as const) await move(context, system, to)
    const { get } = await serve(createApp(context))
    const text = async (path: string) => (await get(path, { cookie: 'lang=en' })).text
    expect(await text('/attention')).toContain('takes no new work, yet its count rose')
    expect(await text(`/residuals/${residual}`)).toContain(
      'leak: new ones came in on 2026-03-20, 500 of them still there',
    )
    expect(await text(`/systems/${encodeURIComponent('账户1.0')}`)).toContain(
      'since 2026-01-01 (90 days ago), taken up again on 2026-04-01',
    )
    expect(await forecastOf(context, system)).toMatchObject({ reason: { code: 'leak', by: 500 } })
  })

  test('a hold hides no leak, nor one that begins during it', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    await count(context, residual, '2026-02-01', '2000')
    await count(context, residual, '2026-03-20', '2500')
    await move(context, system, 'on_hold', '2026-03-25')
    const { get } = await serve(createApp(context))
    const text = async (path: string) => (await get(path, { cookie: 'lang=en' })).text
    const key = encodeURIComponent('账户1.0')
    expect(await text('/attention')).toContain('takes no new work, yet its count rose on 2026-03-20')
    expect(await text('/timeline')).toContain('on hold, with a leak')
    expect(await text(`/systems/${key}`)).toContain('上海德祐, 500 more than before 2026-03-20</a>')
    expect(await text(`/residuals/${residual}`)).toContain(
      'there is no forecast. Leak all the same: new ones came in on 2026-03-20, 500 of them still there;',
    )
    const { because } = JSON.parse(await text(`/api/v1/systems/${key}`)).forecast
    expect(because[0].reason).toMatchObject({ code: 'not_draining', leak: { since: '2026-03-20', by: 500 } })
    const other = await addResidual(context, system, { key: '北京', name: '北京', nameEn: 'Beijing' })
    await count(context, other, '2026-03-01', '100')
    const [rise] = await count(context, other, '2026-03-28', '130')
    expect(await text(`/counts?done=${rise!.revision}`)).toContain(
      'A new inflow leak: 账户1.0 / 北京 · Beijing, 30 more than before 2026-03-28',
    )
    expect(await text('/attention')).toContain('Beijing takes no new work, yet its count rose on 2026-03-28')
  })

  test('what a system took in before it was held from the start is no leak', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { status: 'migrating', statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    await count(context, residual, '2026-02-01', '20')
    await move(context, system, 'on_hold', '2026-02-10')
    await count(context, residual, '2026-03-20', '25', { reason: 'inflow' })
    expect(await forecastOf(context, system)).toMatchObject({ reason: { code: 'not_draining', leak: null } })
  })

  test('a rise while on hold, and one of a day before it was taken up again, is a leak', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    await count(context, residual, '2026-02-01', '20')
    await move(context, system, 'on_hold', '2026-02-10')
    expect(await count(context, residual, '2026-03-01', '25')).toMatchObject([{ meaning: 'leak' }])
    await move(context, system, 'draining', '2026-03-20')
    expect(await count(context, residual, '2026-03-10', '30')).toMatchObject([{ meaning: 'leak' }])
    expect(await forecastOf(context, system)).toMatchObject({
      reason: { code: 'leak', since: '2026-03-01', by: 10, isRepeated: true },
    })
  })

  test('new work that was let in again and closed off anew is no leak', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const residual = await addResidual(context, system)
    await count(context, residual, '2026-02-01', '20')
    await move(context, system, 'cutover_pending', '2026-02-10')
    await count(context, residual, '2026-03-01', '25')
    for (const to of ['draining', 'on_hold', 'draining'] as const) await move(context, system, to)
    expect(await forecastOf(context, system)).toMatchObject({ kind: 'running' })
  })

  test('whatever becomes of a system, its intake is closed since the first status after new work last entered', async () => {
    const context = contextOn(TODAY, await open())
    let systems = 0
    const moves = fc.array(fc.tuple(fc.nat(3), fc.nat(20)), { minLength: 1, maxLength: 7 })
    const began = fc.record({
      status: fc.constantFrom<Status>('migrating', 'draining'),
      hasDay: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(began, moves, async ({ status, hasDay }, steps) => {
        const course = [{ status, on: hasDay ? '2026-01-01' : null }]
        const key = `s${systems++}`
        const id = await addSystem(context, { key, name: key, status, statusOn: course[0]!.on ?? '' })
        const residual = await addResidual(context, id)
        await count(context, residual, '2025-12-01', '5')
        await count(context, residual, '2026-03-15', '9')
        let day = 1
        for (const [which, later] of steps) {
          const allowed = MOVES[course.at(-1)!.status]
          const to = allowed[which % allowed.length]!
          day = Math.min(day + later, 90)
          const on = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10)
          await move(context, id, to, on)
          course.push({ status: to, on })
        }
        const since = course.findLastIndex(standing => OPEN.includes(standing.status)) + 1
        const first = course.slice(since).find(standing => standing.status !== 'on_hold')
        const intakes = await loadClosedIntakes(context.db, await findSystemsById(context.db, [id]))
        expect(intakes.get(id)).toEqual(first && { since: first.on })
        const leaking = leakOf(await forecastOf(context, id)) !== null
        const isLeak = first !== undefined && (first.on === null || first.on < '2026-03-15')
        expect(leaking).toBe(['draining', 'on_hold'].includes(course.at(-1)!.status) && isLeak)
      }),
      { numRuns: 40 },
    )
  })
})
