import { beforeEach, describe, expect, test } from 'vitest'
import { closeResidual } from '../../src/actions/residuals.ts'
import { changeStatus } from '../../src/actions/systems.ts'
import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { addLargeSystems, columnOfTable } from '../support/estate-burndown.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-07-01'

describe.each(databases)('what has ended or is old in the burn-down of the estate, on $name', ({ open }) => {
  let context: Context

  beforeEach(async () => {
    context = contextOn(TODAY, await open())
  })

  const addLarge = () => addLargeSystems(context, [TODAY])

  async function ask(path: string): Promise<string> {
    return (await (await serve(createApp(context))).get(path, { cookie: 'lang=en' })).text
  }

  const columnOf = async (path: string, fromEnd: number) => columnOfTable(await ask(path), fromEnd)

  test('the last day of a retired system is the sum of its last counts, whatever was counted on it', async () => {
    const id = await addSystem(context, { key: 'mars', name: 'mars' })
    const [fees, jobs] = [await addResidual(context, id), await addResidual(context, id, { key: 'b' })]
    await count(context, jobs, '2026-06-24', '3500+')
    await count(context, fees, TODAY, '~900')
    const over = { to: 'retired', on: TODAY, overrideReason: '合同到期', version: 1 }
    await changeStatus(context, id, over)
    expect((await columnOf('/', 1)).get(TODAY)).toBe('at least about 4,400')
    expect((await columnOf('/systems/mars', 1)).get(TODAY)).toBe('at least about 4,400')
    expect(await ask('/')).toContain(`<b>at least about 4,400 (${TODAY})</b>`)
    expect(await ask('/systems/mars')).toContain(`Total on ${TODAY}: at least about 4,400.`)
    expect((await (await serve(createApp(context))).get('/')).text).toContain(`${TODAY} 合计至少约 4,400。`)
    await addLarge()
    expect((await columnOf('/', 2)).get(TODAY)).toBe('at least about 4,400')
  })

  test('where all that a retired system had was counted before, about stays with its last total', async () => {
    const id = await addSystem(context, { key: 'mars', name: 'mars' })
    const [fees, jobs] = [await addResidual(context, id), await addResidual(context, id, { key: 'b' })]
    await count(context, jobs, '2026-06-24', '~850')
    await count(context, fees, TODAY, '46')
    await changeStatus(context, id, { to: 'retired', on: TODAY, overrideReason: '合同到期', version: 1 })
    expect(await ask('/')).toContain(`<b>about 896 (${TODAY})</b>`)
  })

  test('what two residuals had left is said in the plural, and what others have with the day of its count', async () => {
    const id = await addSystem(context)
    for (const [key, day, text] of [
      ['c', '2026-06-17', '0'],
      ['a', '2026-06-20', '17'],
      ['b', '2023-06-20', '95'],
    ] as const) {
      const residual = await addResidual(context, id, { key, name: key })
      await count(context, residual, day, text)
      const close = { on: '2026-06-24', reason: '并入', version: 1, answers: [`close:${text}:exact`] }
      if (text !== '0') await closeResidual(context, residual, close)
    }
    const page = await ask('/')
    expect(page).toContain('left when residuals were closed: 账户1.0: a 17')
    expect(page).toContain('After those days the picture is without them.')
    await addLarge()
    expect(await ask('/')).toContain('Other systems <b>0 (2026-06-17)</b>')
  })

  test('counts of several days are said to be of the last of them or earlier', async () => {
    const id = await addSystem(context)
    for (const [key, day] of [
      ['上海德祐', '2023-11-30'],
      ['还款保', '2023-10-30'],
      ['装贝', TODAY],
    ] as const)
      await count(context, await addResidual(context, id, { key, name: key }), day, '50')
    const text = await ask('/')
    expect(text).toContain('last counts of the rest: 100, of 2023-11-30 or earlier')
    expect(text).toContain('账户1.0 100 (2023-11-30 or earlier)')
  })

  /** Two residuals counted from month to month; those named are closed with what they have left. */
  async function addClosed(keys: readonly string[], on: string) {
    const id = await addSystem(context, { key: 'saturn', name: 'saturn' })
    for (const [at, key] of ['a', 'b'].entries()) {
      const residual = await addResidual(context, id, { key, name: key })
      for (const day of ['2026-05-15', '2026-06-10']) await count(context, residual, day, `${at + 1}00`)
      const answers = [`close:${at + 1}00:exact`, `close:${at + 1}00:exact:last`]
      const close = { on, reason: '并入', version: 1, answers }
      if (keys.includes(key)) await closeResidual(context, residual, close)
    }
  }

  /** What the small lines of both pages say, and how far to the right they are drawn. */
  async function smallLines() {
    const lines = ['/', '/timeline'].map(async path => {
      const [, label, inside] = /class="spark"[^>]*aria-label="([^"]*)">(.*?)<\/svg>/s.exec(await ask(path))!
      const xs = [...inside!.matchAll(/[ML]([\d.]+),/g)].map(([, x]) => Number(x))
      return { label, end: Math.max(...xs) }
    })
    const [overview, timeline] = await Promise.all(lines)
    expect(timeline).toEqual(overview)
    return overview!
  }

  test('a closing is no fall of the small line, which says so', async () => {
    await addClosed(['b'], TODAY)
    const { label, end } = await smallLines()
    expect(label).toBe(`saturn: 300 on 2026-05-15, 100 on ${TODAY}, without what was closed meanwhile`)
    expect(end).toBeLessThan(70)
  })

  test('where all is closed, the small line ends then, at no 0', async () => {
    context.now = () => new Date('2026-08-01T12:00:00Z')
    await addClosed(['a', 'b'], TODAY)
    const { label, end } = await smallLines()
    expect(label).toBe('saturn: 300 on 2026-05-15, 300 on 2026-06-10')
    expect(end).toBeLessThan(80)
  })
})
