import { describe, expect, test } from 'vitest'
import { recordReadings, withdrawReading } from '../../src/actions/readings.ts'
import { closeResidual } from '../../src/actions/residuals.ts'
import { createApp } from '../../src/app.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findResiduals } from '../../src/store/residuals.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  /** 上海德祐, seen at 968, which somebody else counted as 960 meanwhile. */
  async function overtaken() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const deyou = await addResidual(context, systemId)
    await count(context, deyou, '2026-02-28', '968')
    const [reading] = await listReadings(context.db, deyou, 1)
    await count(context, deyou, '2026-03-31', '960')
    const latest = async (id: number) => (await findResiduals(context.db, [id]))[0]!.latest
    return {
      context,
      systemId,
      deyou,
      seen: String(reading!.id),
      latest,
      site: await serve(createApp(context)),
    }
  }

  test('who counts what somebody else counted meanwhile sees both and chooses', async () => {
    const { site, deyou, seen, latest } = await overtaken()
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '950', [`seen-${deyou}`]: seen }
    const late = await site.post('/counts', fields)
    expect(late.status).toBe(409)
    expect(late.text).toContain('林晓 这期间记了 960（2026-03-31），你填的是 950')
    const keep = `keep-${deyou}`
    const mine = new RegExp(`name="${keep}" value="(\\d+)"`).exec(late.text)![1]!
    await site.post('/counts', { ...fields, [keep]: 'theirs' })
    expect(await latest(deyou)).toMatchObject({ count: 960 })
    expect((await site.post('/counts', { ...fields, [keep]: mine })).status).toBe(303)
    expect(await latest(deyou)).toMatchObject({ count: 950 })
  })

  test('two who count the same earlier day choose as well, and the page made after one’s own count asks nothing', async () => {
    const { site, deyou, context } = await overtaken()
    const seenOn = (text: string) => new RegExp(`name="seen-${deyou}" value="([\\d-]+)"`).exec(text)![1]!
    const seen = seenOn((await site.get('/counts')).text)
    const earlier = (number: string, page: string) => ({
      day: '2026-03-15',
      [`count-${deyou}`]: number,
      [`seen-${deyou}`]: page,
    })
    expect((await site.post('/counts', earlier('965', seen))).status).toBe(303)
    const late = await site.post('/counts', earlier('962', seen))
    expect(late.status).toBe(409)
    expect(late.text).toContain('这期间记了 965（2026-03-15），你填的是 962')
    const mine = new RegExp(`name="keep-${deyou}" value="([\\d-]+)"`).exec(late.text)![1]!
    const chosen = { ...earlier('962', seen), [`keep-${deyou}`]: mine }
    await count(context, deyou, '2026-03-15', '964')
    const third = await site.post('/counts', chosen)
    expect(third.text).toContain('这期间记了 964（2026-03-15），你填的是 962')
    const again = new RegExp(`name="keep-${deyou}" value="([\\d-]+)"`).exec(third.text)![1]!
    expect((await site.post('/counts', { ...chosen, [`keep-${deyou}`]: again })).status).toBe(303)
    const fresh = seenOn((await site.get('/counts')).text)
    expect((await site.post('/counts', earlier('961', fresh))).status).toBe(303)
  })

  test('of a round that was corrected as a whole, nothing is compared', async () => {
    const context = contextOn('2026-03-31', await open())
    const id = await addResidual(context, await addSystem(context))
    const [first] = await count(context, id, '2026-03-31', '960', { note: '漏了一批' })
    const { get } = await serve(createApp(context))
    const done = async () => (await get(`/counts?done=${first!.revision}`, { cookie: 'lang=en' })).text
    expect(await done()).not.toContain('None of these readings')
    await count(context, id, '2026-03-31', '950')
    expect(await done()).toContain('None of these readings is in force any more')
    expect(await done()).not.toContain('with these counts as without them')
  })

  test('of a round of which one count was corrected, the others are compared, and that one is named', async () => {
    const context = contextOn('2026-03-31', await open())
    const system = await addSystem(context)
    const one = await addResidual(context, system)
    const other = await addResidual(context, system, { key: '北京', name: '北京' })
    const counts = { [one]: { count: '960' }, [other]: { count: '50' } }
    const [first] = await recordReadings(context, { day: '2026-03-31', counts })
    await count(context, one, '2026-03-31', '950')
    const { get } = await serve(createApp(context))
    const { text } = await get(`/counts?done=${first!.revision}`, { cookie: 'lang=en' })
    expect(text).toContain('1 of these readings was corrected or withdrawn since')
    expect(text).toContain('the effects are worked out anew')
  })

  test('who does not choose is told to, and is not asked again what was confirmed', async () => {
    const { site, deyou, seen, latest } = await overtaken()
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '980', [`seen-${deyou}`]: seen }
    const answersOf = (text: string) => /name="answers" value="([^"]+)"/.exec(text)![1]!
    const first = (await site.post('/counts', fields)).text
    expect(first).toContain('上海德祐：请选一个，960 还是 980')
    const unchosen = (await site.post('/counts', { ...fields, answers: answersOf(first) })).text
    expect(unchosen).toContain('还没有保存：同一项有两个数，请选一个')
    expect(unchosen).not.toContain('class="change"')
    const mine = new RegExp(`name="keep-${deyou}" value="(\\d+)"`).exec(unchosen)![1]!
    const chosen = { ...fields, answers: answersOf(unchosen), [`keep-${deyou}`]: mine }
    expect((await site.post('/counts', chosen)).status).toBe(303)
    expect(await latest(deyou)).toMatchObject({ count: 980 })
  })

  test('wrong input elsewhere and another language leave the choice as it was made', async () => {
    const { site, context, systemId, deyou, seen, latest } = await overtaken()
    const other = await addResidual(context, systemId, { key: '北京', name: '北京' })
    const keep = `keep-${deyou}`
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '950', [`seen-${deyou}`]: seen }
    const wrong = { ...fields, [`count-${other}`]: '1e3', [`seen-${other}`]: '0' }
    const unchosen = await site.post('/counts', wrong)
    expect(unchosen.status).toBe(422)
    expect(unchosen.text).toContain('上海德祐：请选一个，960 还是 950')
    const box = (choice: string) => new RegExp(`name="${keep}" value="${choice}"( required)? checked`)
    const mine = new RegExp(`name="${keep}" value="(\\d+)"`).exec(unchosen.text)![1]!
    for (const choice of [mine, 'theirs'])
      for (const more of [{}, { lang: 'en' }] as Record<string, string>[]) {
        const { text } = await site.post('/counts', { ...wrong, ...more, [keep]: choice })
        expect(text, choice).toMatch(box(choice))
        expect(text, choice).not.toMatch(/请选一个|choose/)
      }
    await count(context, deyou, '2026-03-31', '955')
    const third = await site.post('/counts', { ...wrong, [keep]: mine })
    expect(third.text).toContain('上海德祐：请选一个，955 还是 950')
    expect((await site.post('/counts', { ...fields, [keep]: 'theirs' })).status).toBe(303)
    expect(await latest(deyou)).toMatchObject({ count: 955 })
  })

  test('a choice that was made is not forgotten when something else is asked back', async () => {
    const { site, context, systemId, deyou, seen } = await overtaken()
    const other = await addResidual(context, systemId, { key: '北京', name: '北京' })
    await count(context, other, '2026-03-01', '50')
    const [reading] = await listReadings(context.db, other, 1)
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '950', [`seen-${deyou}`]: seen }
    const rise = { [`count-${other}`]: '60', [`seen-${other}`]: String(reading!.id) }
    const asked = await site.post('/counts', { ...fields, ...rise, [`keep-${deyou}`]: 'theirs' })
    expect(asked.text).toContain('北京：50 → 60？')
    expect(asked.text).toContain('value="theirs" checked')
    expect(asked.text).not.toContain('请选一个')
  })

  test('that a residual was closed meanwhile is told beside whatever else is wrong', async () => {
    const { site, context, systemId, deyou, seen } = await overtaken()
    const other = await addResidual(context, systemId, { key: '北京', name: '北京' })
    const answers = ['close:960:exact']
    await closeResidual(context, deyou, { on: '2026-03-31', reason: '并入别处', version: 1, answers })
    const typed = { [`count-${deyou}`]: '950', [`seen-${deyou}`]: seen, [`count-${other}`]: '1e3' }
    const refused = await site.post('/counts', { day: '2026-03-31', ...typed })
    expect(refused.status).toBe(422)
    const closed = `<a href="#count-${deyou}">上海德祐：这项存量已于 2026-03-31 关闭`
    expect(refused.text).toContain(closed)
    const english = await site.post('/counts', { day: '2026-03-31', ...typed, lang: 'en' })
    expect(english.text).toMatch(new RegExp(`id="error-${deyou}">[^<]*closed on 2026-03-31`))
  })

  test('a reading that was withdrawn meanwhile is not said to be somebody’s count', async () => {
    const { site, context, deyou } = await overtaken()
    const [newest] = await listReadings(context.db, deyou, 1)
    await withdrawReading(context, newest!.id, { reason: '数错了' })
    const fields = { day: '2026-03-31', [`count-${deyou}`]: '950', [`seen-${deyou}`]: String(newest!.id) }
    const { text } = await site.post('/counts', fields)
    expect(text).toContain('你看到的读数这期间被撤回了，现在是：968；你填的是 950')
  })
})
