import { expect, test } from 'vitest'
import { recordProfile } from '../../src/actions/maturity.ts'
import { createApp } from '../../src/app.ts'
import type { Maturity } from '../../src/domain/forecast/schedule.ts'
import { translator } from '../../src/http/languages.ts'
import { sayPaceBeside, sayProfile } from '../../src/web/forecast/forecast-notes.ts'
import type { Visit } from '../../src/web/visit.ts'
import { reading, running, TODAY } from '../domain/forecast/cast.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const visit = { t: translator('en'), language: 'en' } as Visit

function said(count: number, ...ends: Maturity[]): string | null {
  const counted = [reading(TODAY, count, { qualifier: 'at_least' })]
  return sayProfile(visit, running(counted, { profiles: [{ day: TODAY, ends }] }))
}

test('what is counted beyond a profile may have outrun it, or was never in it', () => {
  const beyond = '200 of them have outrun their end day or are not in the profile, and nobody knows'
  expect(said(3200, { endsOn: '2026-09-01', count: 3000 })).toContain(beyond)
  const ends = [
    { endsOn: '2026-09-01', count: 2900 },
    { endsOn: null, count: 100 },
  ]
  expect(said(3200, ...ends)).toContain(
    '300 of them have no end day ahead (100 without one in the profile; the others',
  )
})

test('a profile is set aside for the reason that holds', () => {
  expect(said(3200, { endsOn: null, count: 3300 })).toBe(
    'No contract end day lies ahead, so the profile is not used; record a newer one.',
  )
  expect(said(3200, { endsOn: '2026-09-01', count: 30 })).toMatch(
    /30 should be left, .+: too far apart\. The/,
  )
})

test('where contract end days decide, a slow pace is not set against run-offs alone', () => {
  const slow = { from: '2025-01-01', to: TODAY, closed: 1, perMonth: 1 }
  const beside = (isScheduled: boolean) =>
    sayPaceBeside(visit, slow, null, { count: 1000, byTarget: null, isScheduled })
  expect(beside(true)).toContain('the chances come from the contract end days and, for the rest,')
  expect(beside(false)).toContain('the chances come from how such run-offs usually go')
})

test.each(databases)(
  'a Latin name stands apart in a Chinese heading, and a Chinese one does not, on $name',
  async ({ open }) => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context)
    const site = await serve(createApp(context))
    for (const [name, about, withdrawn] of [
      ['Foo', 'Foo 的合同何时到期', '撤回 Foo 截至 2026-03-31 的到期分布'],
      ['借据', '借据的合同何时到期', '撤回借据截至 2026-03-31 的到期分布'],
    ] as const) {
      const id = await addResidual(context, system, { key: name, name })
      await count(context, id, '2026-03-31', '40')
      const profile = await recordProfile(context, id, { day: '2026-03-31', ends: '2026-12-31,40' })
      expect((await site.get(`/residuals/${id}/maturity/new`)).text).toContain(`<h1>${about}</h1>`)
      expect((await site.get(`/maturity-profiles/${profile}/withdraw`)).text).toContain(
        `<h1>${withdrawn}</h1>`,
      )
    }
  },
)
