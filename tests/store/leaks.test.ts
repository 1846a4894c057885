import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withdrawReading } from '../../src/actions/readings.ts'
import { createApp } from '../../src/app.ts'
import { loadForecastSystems, outlookOf } from '../../src/store/forecasts.ts'
import { up as findRises } from '../../src/store/migrations/0009-rises-to-bounds.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findDifferences } from '../../src/store/verify.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const TODAY = '2026-04-01'

describe.each(databases)('on $name', ({ open }) => {
  async function isBroughtUp(...counts: [day: string, counted: string][]): Promise<boolean> {
    const context = contextOn(TODAY, await open())
    const residual = await addResidual(context, await addSystem(context, { statusOn: '2026-01-01' }))
    for (const [day, counted] of counts) await count(context, residual, day, counted)
    const { get } = await serve(createApp(context))
    return (await get('/attention', { cookie: 'lang=en' })).text.includes('yet its count rose')
  }

  test('a leak is brought up until what came in is worked off, as long as it suspends the forecast', async () => {
    const rise = [
      ['2026-01-15', '5'],
      ['2026-03-08', '10'],
    ] as [string, string][]
    expect(await isBroughtUp(...rise)).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '8'])).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '5'])).toBe(false)
    expect(await isBroughtUp(...rise, [TODAY, '0'])).toBe(false)
  })

  test('and that for as long as it takes: a leak does not lapse', async () => {
    const rise = [
      ['2026-01-02', '480'],
      ['2026-01-05', '520'],
    ] as [string, string][]
    expect(await isBroughtUp(...rise)).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '520'])).toBe(true)
  })

  test('the newest leak is brought up first, whatever its system', async () => {
    const context = contextOn(TODAY, await open())
    for (const [key, rise] of [
      ['A', '2026-03-01'],
      ['B', '2026-03-20'],
      ['C', '2026-02-01'],
    ] as const) {
      const system = await addSystem(context, { key, name: key, statusOn: '2026-01-01' })
      const residual = await addResidual(context, system)
      await count(context, residual, '2026-01-15', '5')
      await count(context, residual, rise, '9')
    }
    const { get } = await serve(createApp(context))
    const { text } = await get('/attention', { cookie: 'lang=en' })
    const risen = [...text.matchAll(/yet its count rose on ([\d-]+)/g)].map(([, day]) => day)
    expect(risen).toEqual(['2026-03-20', '2026-03-01', '2026-02-01'])
  })

  test('a big leak outlasts the smaller one after it, which is undone', async () => {
    const rise = [
      ['2026-01-15', '600'],
      ['2026-03-15', '900'],
      ['2026-03-20', '901'],
    ] as [string, string][]
    expect(await isBroughtUp(...rise, ['2026-03-28', '900'])).toBe(true)
    expect(await isBroughtUp(...rise, ['2026-03-28', '601+'])).toBe(true)
    expect(await isBroughtUp(...rise, ['2026-03-28', '600'])).toBe(false)
  })

  test('a leak that is older than what else is read is named with the later one', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2024-01-01' })
    const residual = await addResidual(context, system)
    for (const [day, counted] of [
      ['2024-01-02', '800'],
      ['2024-02-01', '600'],
      ['2024-03-01', '900'],
      ['2025-12-01', '900'],
      ['2026-03-20', '905'],
    ] as const)
      await count(context, residual, day, counted)
    const { get } = await serve(createApp(context))
    const { text } = await get('/attention', { cookie: 'lang=en' })
    expect(text).toContain('yet its count rose on 2024-03-01 and later; now 905, 305 more than before')
    const [loaded] = await loadForecastSystems(context.db, [system], TODAY, 1)
    expect(outlookOf(loaded!, TODAY).residuals[0]!.forecast).toMatchObject({
      reason: { since: '2024-03-01', by: 305, isRepeated: true },
    })
  })

  test('a lower bound above the count before begins one, and a lower bound ends none', async () => {
    const rise = [
      ['2026-01-15', '90'],
      ['2026-02-20', '200+'],
    ] as [string, string][]
    expect(await isBroughtUp(...rise)).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '80+'])).toBe(true)
    expect(await isBroughtUp(...rise, [TODAY, '80'])).toBe(false)
    expect(await isBroughtUp(['2026-01-15', '90'], ['2026-02-20', '90+'])).toBe(false)
  })

  test('the day of a rise to a lower bound is the same whether kept with the count or worked out anew', async () => {
    const context = contextOn(TODAY, await open())
    const residual = await addResidual(context, await addSystem(context, { statusOn: '2026-01-01' }))
    for (const [day, counted] of [
      ['2026-01-15', '90'],
      ['2026-02-20', '200+'],
      ['2026-02-01', '85'],
    ] as const)
      await count(context, residual, day, counted)
    expect(await findDifferences(context.db)).toEqual([])
    await context.db.updateTable('residual').set({ risen_on: null }).execute()
    await findRises(context.db)
    expect(await findDifferences(context.db)).toEqual([])
  })

  test('a lower bound in between hides no leak, whether counted in time or entered late and withdrawn', async () => {
    const rise = ['2026-03-08', '200'] as [string, string]
    const end = (text: string) => [TODAY, text] as [string, string]
    expect(await isBroughtUp(['2026-01-15', '90'], ['2026-01-25', '80+'], rise)).toBe(true)
    expect(await isBroughtUp(['2026-01-15', '90'], ['2026-01-25', '80+'], rise, end('90'))).toBe(false)
    expect(await isBroughtUp(['2026-01-15', '90'], ['2026-01-25', '80+'], rise, end('91'))).toBe(true)
    expect(await isBroughtUp(['2026-01-15', '90'], rise, ['2026-02-20', '80+'])).toBe(true)
    expect(await isBroughtUp(['2026-01-15', '0'], ['2026-02-10', '0+'], ['2026-03-08', '5+'])).toBe(true)
  })

  test('whatever is counted, in whatever order, the last rise is the same kept, worked out and brought up to date', async () => {
    const context = contextOn(TODAY, await open())
    const system = await addSystem(context, { statusOn: '2026-01-01' })
    const counted = fc.tuple(
      fc.nat(8),
      fc.constantFrom('3', '5', '~5', '9', '2+', '4+', '6+', '9+'),
      fc.nat(5),
    )
    let residuals = 0
    const sequence = fc.array(counted, { minLength: 3, maxLength: 9 })
    await fc.assert(
      fc.asyncProperty(sequence, fc.nat(), async (counts, which) => {
        const key = `r${residuals++}`
        const residual = await addResidual(context, system, { key, name: key })
        await count(context, residual, '2026-01-02', '5')
        for (const [day, text, reason] of counts) {
          const more = reason === 0 ? { reason: 'recount' } : {}
          await count(context, residual, `2026-02-0${day + 1}`, text, more)
        }
        const readings = await listReadings(context.db, residual, 20)
        const gone = readings.filter(({ supersededAt }) => !supersededAt)[which % 3]
        if (gone) await withdrawReading(context, gone.id, { reason: '误录' })
        expect(await findDifferences(context.db)).toEqual([])
      }),
      { numRuns: 40 },
    )
    const bounded = context.db.selectFrom('reading').select('residual_id').where('superseded_at', 'is', null)
    await context.db
      .updateTable('residual')
      .set({ risen_on: null })
      .where('id', 'in', bounded.where('qualifier', '=', 'at_least'))
      .execute()
    await findRises(context.db)
    expect(await findDifferences(context.db)).toEqual([])
  })

  test('four weeks of lower counts end it too', async () => {
    expect(await isBroughtUp(['2026-01-15', '5'], ['2026-03-01', '10'], [TODAY, '8'])).toBe(false)
  })
})
