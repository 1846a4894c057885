import { describe, expect, test } from 'vitest'
import { publishForecasts } from '../../src/actions/forecasts.ts'
import { closeResidual } from '../../src/actions/residuals.ts'
import { createApp } from '../../src/app.ts'
import { addResidual, addSystem, type Counted, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { textOf } from '../support/page-text.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-04-01'
const SYSTEM = '/systems/mars'

describe.each(databases)('a residual that was closed, on $name', ({ open }) => {
  /** Fees drain quickly; the batches are counted as given, and closed today. */
  async function openClosed(batches: readonly Counted[]) {
    const db = await open()
    const system = await addSystem(contextOn('2026-01-01', db), { key: 'mars', name: 'mars' })
    const fees = await addResidual(contextOn('2026-01-01', db), system, { key: 'fees', name: 'fees' })
    const id = await addResidual(contextOn('2026-01-01', db), system, { key: 'batches', name: 'batches' })
    for (const [at, [day, text]] of batches.entries()) {
      await count(contextOn(day, db), fees, day, String(100 - 20 * at))
      await count(contextOn(day, db), id, day, text)
      await publishForecasts(contextOn(day, db))
    }
    const { get } = await serve(createApp(contextOn(TODAY, db)))
    const ask = async (path: string) => (await get(path, { cookie: 'lang=en' })).text
    const why = async (days: string) =>
      textOf(await ask(`${SYSTEM}?${days}`), '<summary>Why did', '</details>')
    const close = async (on: string) => {
      const last = batches.at(-1)![1]
      await closeResidual(contextOn(TODAY, db), id, {
        on,
        reason: '并入',
        version: 1,
        answers: [`close:${last}:exact`],
      })
      await publishForecasts(contextOn(TODAY, db))
    }
    const countLate = (day: string, text: string) => count(contextOn(TODAY, db), id, day, text)
    return { why, close, countLate, ask }
  }

  test('is part of the days before that, and the cause of what its closing moved', async () => {
    const { why, close, ask } = await openClosed([
      ['2026-03-01', '300'],
      ['2026-03-15', '290'],
      ['2026-03-29', '285'],
    ])
    const past = 'since=2026-03-15&until=2026-03-29'
    const before = await why(past)
    await close(TODAY)
    expect(await why(past)).toBe(before)
    const now = await why('since=2026-03-29')
    expect(now).toContain('Closed: batches')
    expect(now).not.toContain('something else was said')
    const [, given] = /2026-03-29 (\S+) /.exec(
      textOf(await ask('/forecast'), 'class="scroll tall"', '</table>'),
    )!
    expect(now).toContain(`moved from ${given} to `)
  })

  test('still holds up the date of a day on which it had a leak', async () => {
    const { why, close } = await openClosed([
      ['2026-03-01', '300'],
      ['2026-03-15', '290'],
      ['2026-03-29', '350'],
    ])
    await close(TODAY)
    expect(await why('since=2026-03-15&until=2026-03-29')).toContain(
      'none on the second. Cause: Inflow leak.',
    )
    const now = await why('since=2026-03-29')
    expect(now).toContain('no forecast on the first day and one on the second')
    expect(now).toContain('Cause: Closed: batches.')
  })

  test('and counted late for a day before all of them leaves one sentence on what else was said', async () => {
    const { why, close, countLate } = await openClosed([
      ['2026-03-01', '300'],
      ['2026-03-15', '290'],
      ['2026-03-29', '285'],
    ])
    await countLate('2026-03-08', '292')
    await close(TODAY)
    const both = await why('since=2026-03-15&until=2026-03-29')
    expect(both).toMatch(/On 2026-03-15 something else was said .*, and on 2026-03-29 as well/)
    expect(both.match(/Compared is/g)).toHaveLength(1)
    expect(await why('since=2026-03-29')).toMatch(/On 2026-03-29 something else was said [^.]*\. Compared/)
  })
})
