import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { listProfiles } from '../../src/store/maturity.ts'
import { addCounted } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { fieldsOf } from '../support/form-fields.ts'
import { type Answer, serve } from '../support/server.ts'

const THEIRS = '2026-09-01,60\n-,40'
const YOURS = '2027-01-31,100'

describe.each(databases)('on $name', ({ open }) => {
  async function twoPeople() {
    const cast = await addCounted(contextOn('2026-03-31', await open()), [['2026-03-15', '100']])
    const path = `/residuals/${cast.id}/maturity/new`
    const site = await serve(createApp(cast.context))
    const send = (form: Answer, typed: Record<string, string>) =>
      site.post(path, { ...fieldsOf(form.text), ...typed })
    const open2 = async () => [await site.get(path), await site.get(path)] as const
    const ends = async () => (await listProfiles(cast.db, cast.id)).map(({ ends }) => ends.at(-1)!.endsOn)
    return { site, path, send, open2, ends }
  }

  test('the second to record end days gets both profiles and chooses', async () => {
    const { send, open2, ends } = await twoPeople()
    const [first, second] = await open2()
    expect((await send(first, { ends: THEIRS, source: '台账' })).status).toBe(303)
    const late = await send(second, { ends: YOURS })
    expect(late.status).toBe(409)
    expect(late.text).toContain(`<td>${THEIRS}</td><td>${YOURS}</td>`)
    expect(late.text).toContain('<td>台账</td><td>–</td>')
    expect(late.text).toContain('<strong>登记到期分布</strong>')
    expect(late.text).toMatch(/保留我的|用我的/)
    const english = await send(late, { ends: `${YOURS} `, lang: 'en' })
    expect(english.text).toContain(`<td>${THEIRS}</td><td>${YOURS}`)
    expect(await ends()).toEqual([null])
    expect((await send(english, {})).status).toBe(303)
    expect(await ends()).toEqual(['2027-01-31', null])
  })

  test('the second is told of the conflict and of a wrong sum at once', async () => {
    const { send, open2, ends } = await twoPeople()
    const [first, second] = await open2()
    await send(first, { ends: THEIRS })
    const late = await send(second, { ends: '2027-01-31,10' })
    expect(late.status).toBe(409)
    expect(late.text).toContain(`<td>${THEIRS}</td><td>2027-01-31,10</td>`)
    expect(late.text).toMatch(/aria-invalid="true".*id="f-ends-error">[^<]*90/s)
    expect((await send(late, { ends: YOURS })).status).toBe(303)
    expect(await ends()).toEqual(['2027-01-31', null])
  })

  test('the same end days sent twice are recorded once', async () => {
    const { send, open2, ends } = await twoPeople()
    const [first, second] = await open2()
    await send(first, { ends: THEIRS })
    expect((await send(second, { ends: THEIRS })).status).toBe(303)
    expect(await ends()).toEqual([null])
  })

  test('whoever saw the profile in force replaces it unasked', async () => {
    const { site, path, send, ends } = await twoPeople()
    await send(await site.get(path), { ends: THEIRS })
    expect((await send(await site.get(path), { ends: YOURS })).status).toBe(303)
    expect(await ends()).toEqual(['2027-01-31', null])
  })
})
