import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { plantRegister } from '../../seeds/plant.ts'
import { createApp } from '../../src/app.ts'
import { axeViolations, test } from '../support/browser.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const [sqlite] = databases

/** The real register, served. */
async function openRegister(): Promise<string> {
  const context = contextOn('2026-03-31', await sqlite.open())
  await plantRegister(context)
  return (await serve(createApp(context))).url
}

/** Things of the same kind differ only in what they show. */
function kindOf(url: URL): string {
  const path = url.pathname
    .replace(/^\/(systems|services)\/(?!new$)[^/]+/, '/$1/:key')
    .replace(/\/\d+(?=\/|$)/, '/:id')
  return path + (url.searchParams.size > 0 ? '?' : '')
}

/** Opens one page of each kind that links lead to. Gives the kinds, and what is wrong with any of them. */
async function walk(page: Page, start: string): Promise<{ kinds: string[]; complaints: string[] }> {
  const kinds = new Set<string>()
  const complaints: string[] = []
  const waiting = [new URL(start)]
  for (let url = waiting.shift(); url; url = waiting.shift()) {
    const isFile = /\.\w+$/.test(url.pathname)
    if (url.origin !== new URL(start).origin || isFile || kinds.has(kindOf(url))) continue
    kinds.add(kindOf(url))
    const answer = await page.goto(url.href)
    const found = [
      answer?.status() === 200 ? '' : `answers ${answer?.status()}`,
      await widthComplaint(page),
      ...(await axeViolations(page)),
    ]
    complaints.push(...found.filter(text => text !== '').map(text => `${decodeURI(url.pathname)} ${text}`))
    const links = await page.$$eval('a[href]', all => all.map(link => link.getAttribute('href') ?? ''))
    for (const link of links) waiting.push(new URL(link, page.url()))
  }
  return { kinds: [...kinds], complaints }
}

async function widthComplaint(page: Page): Promise<string> {
  const root = page.locator('html')
  const { scrollWidth, clientWidth } = await root.evaluate(({ scrollWidth, clientWidth }) => ({
    scrollWidth,
    clientWidth,
  }))
  return scrollWidth > clientWidth ? `is ${scrollWidth - clientWidth} px wider than its window` : ''
}

const KINDS = [
  '/',
  '/attention',
  '/counts',
  '/history',
  '/services',
  '/services/:key',
  '/shutdown',
  '/systems/:key',
  '/systems/new',
]

test.for(['zh-CN', 'en'])(
  'every page that links lead to is sound in %s',
  { timeout: 240_000 },
  async (locale, { openPage }) => {
    const page = await openPage({ locale })
    const { kinds, complaints } = await walk(page, `${await openRegister()}/`)
    expect(complaints).toEqual([])
    expect(kinds).toEqual(expect.arrayContaining(KINDS))
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
  },
)

test('on a phone and in the dark every page is sound too', { timeout: 240_000 }, async ({ openPage }) => {
  const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
  const { complaints } = await walk(page, `${await openRegister()}/`)
  expect(complaints).toEqual([])
})
