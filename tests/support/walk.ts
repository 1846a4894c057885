import type { Page } from 'playwright-core'
import { plantRegister } from '../../seeds/plant.ts'
import { createApp } from '../../src/app.ts'
import { axeViolations } from './browser.ts'
import { contextOn } from './context.ts'
import { databases } from './databases.ts'
import { serve } from './server.ts'

const [sqlite] = databases

/** The real register, served. */
export async function openRegister(): Promise<string> {
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
export async function walk(page: Page, start: string): Promise<{ kinds: string[]; complaints: string[] }> {
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
