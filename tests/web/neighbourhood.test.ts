import { describe, expect, test } from 'vitest'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import { createApp } from '../../src/app.ts'
import { addService } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-03-01' }
const ENGLISH = { cookie: 'lang=en' }

describe.each(databases)('on $name', ({ open }) => {
  test('who outside the estate uses a service or one around it is in the picture and in the list', async () => {
    const context = contextOn('2026-03-31', await open())
    for (const key of ['ledger', 'split']) await addService(context, key)
    const site = await serve(createApp(context))
    const around = async (headers = ENGLISH) =>
      (await site.get('/services/ledger/neighbourhood', headers)).text
    expect(await around()).toContain('No live use ties it to another service or to anybody outside')
    // A name outside may be that of a service.
    await createExternal(context, { name: 'split', provider: 'ledger', ...USE })
    await createDependency(context, { consumer: 'split', provider: 'ledger', ...USE })
    await createExternal(context, { name: '招商银行', provider: 'split', ...USE })
    const text = await around()
    expect(text).toContain('<g class="service OUTSIDE"><title>招商银行')
    expect(text).toContain('<title>招商银行 → split</title>')
    expect(text.match(/<title>split → ledger<\/title>/g)).toHaveLength(2)
    expect(text).toMatch(/<th scope="row">招商银行<\/th><td>external consumer<\/td>/)
    expect(text).toContain('1 service within two steps of ledger')
    const legend = text.slice(text.indexOf('<figcaption>'), text.indexOf('</figcaption>'))
    expect(legend).toMatch(
      /Shape and colour.*<g class="service BLOCKED"><path d="M[^"]+Z"\/><\/g><\/svg> Blocked/s,
    )
    expect(legend).toMatch(/<g class="service OUTSIDE"><path d="M[^"]+Z"\/><\/g><\/svg> external consumer/)
    for (let at = 0; at < 20; at++)
      await createExternal(context, { name: `b${at}`, provider: 'split', ...USE })
    expect(await around()).toContain('2 more external consumers are not listed: at most 20.')
  })
})
