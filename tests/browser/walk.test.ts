import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { plantRegister } from '../../seeds/plant.ts'
import { createApp } from '../../src/app.ts'
import { expectNoAxeViolations, test } from '../support/browser.ts'
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

/** Opens one page of each kind that links lead to, and lets `look` judge it. Gives the kinds. */
async function walk(page: Page, start: string, look: () => Promise<void>): Promise<string[]> {
  const kinds = new Set<string>()
  const waiting = [new URL(start)]
  for (let url = waiting.shift(); url; url = waiting.shift()) {
    const isFile = /\.\w+$/.test(url.pathname)
    if (url.origin !== new URL(start).origin || isFile || kinds.has(kindOf(url))) continue
    kinds.add(kindOf(url))
    const answer = await page.goto(url.href)
    expect(answer?.status(), url.href).toBe(200)
    await look()
    const links = await page.$$eval('a[href]', all => all.map(link => link.getAttribute('href') ?? ''))
    for (const link of links) waiting.push(new URL(link, page.url()))
  }
  return [...kinds]
}

async function expectNoOverflow(page: Page): Promise<void> {
  const root = page.locator('html')
  const { scrollWidth, clientWidth } = await root.evaluate(({ scrollWidth, clientWidth }) => ({
    scrollWidth,
    clientWidth,
  }))
  expect(scrollWidth, `${page.url()} is wider than its window`).toBeLessThanOrEqual(clientWidth)
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
    const kinds = await walk(page, `${await openRegister()}/`, async () => {
      await expectNoAxeViolations(page)
      await expectNoOverflow(page)
      expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    })
    expect(kinds).toEqual(expect.arrayContaining(KINDS))
  },
)

test('on a phone no page is wider than the screen, in the dark none breaks a contrast', {
  timeout: 240_000,
}, async ({ openPage }) => {
  const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
  await walk(page, `${await openRegister()}/`, async () => {
    await expectNoAxeViolations(page)
    await expectNoOverflow(page)
  })
})
