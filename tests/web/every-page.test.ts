import { expect, test } from 'vitest'
import { plantDemo } from '../../seeds/demo.ts'
import { createApp } from '../../src/app.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'
import { unsaidIn } from '../support/unsaid.ts'

const [sqlite] = databases
type Get = Awaited<ReturnType<typeof serve>>['get']

test('every link of the demo leads somewhere, and every page says all it has to say', {
  timeout: 120_000,
}, async () => {
  const context = contextOn('2026-03-31', await sqlite.open())
  await plantDemo(context)
  const { get } = await serve(createApp(context))
  expect([...(await complaintsIn(get, 'en')), ...(await complaintsIn(get, 'zh-CN'))]).toEqual([])
  // Days pass without a change: gates are overdue, waivers and evidence are over.
  const later = await serve(createApp({ ...context, now: contextOn('2027-03-31', context.db).now }))
  expect(await complaintsIn(later.get, 'en')).toEqual([])
})

/** Follows every link once; of addresses that differ in their query alone, a few. */
async function complaintsIn(get: Get, language: string): Promise<string[]> {
  const complaints: string[] = []
  const asked = new Map<string, number>()
  const waiting = ['/']
  const seen = new Set(waiting)
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const times = (asked.get(placeOf(path)) ?? 0) + 1
    asked.set(placeOf(path), times)
    if (times > 3) continue
    const { status, text, headers } = await get(path, { 'accept-language': language })
    if (status !== 200 && status !== 303) complaints.push(`${language} ${path} answers ${status}`)
    if (!headers.get('content-type')?.startsWith('text/html')) continue
    for (const unsaid of unsaidIn(text)) complaints.push(`${language} ${path} shows ${unsaid}`)
    for (const [, link] of text.matchAll(/\shref="(\/[^"#]*)/g)) {
      const found = link!.replaceAll('&amp;', '&')
      if (!seen.has(found)) waiting.push(found)
      seen.add(found)
    }
  }
  return complaints
}

function placeOf(path: string): string {
  return path.replace(/\?.*/, '')
}
