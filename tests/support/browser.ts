import { AxeBuilder } from '@axe-core/playwright'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { test as base, expect } from 'vitest'
import { launchChromium } from './chromium.ts'

/**
 * A test in a real browser: `page` is fresh for each, `openPage` gives more of them with other settings. The test
 * fails when a page reports anything: console errors and warnings, exceptions, failed requests, breaches of the
 * content security policy. What is expected is taken from `troubles`: `expect(troubles.splice(0)).toEqual([...])`.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs
  .extend('browser', { scope: 'worker' }, async ({}, { onCleanup }) => {
    const browser = await launchChromium()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('troubles', (): string[] => [])
  .extend('openPage', ({ browser, troubles }, { onCleanup }) => {
    const contexts: BrowserContext[] = []
    onCleanup(async () => {
      for (const context of contexts) await context.close()
      expect(troubles).toEqual([])
    })
    return async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
      contexts.push(context)
      const page = await context.newPage()
      collectTroubles(page, troubles)
      return page
    }
  })
  .extend('page', ({ openPage }) => openPage())

function collectTroubles(page: Page, troubles: string[]): void {
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => troubles.push(`exception: ${error.message}`))
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText
    // Aborted is what a download or a click during loading looks like.
    if (reason !== 'net::ERR_ABORTED') troubles.push(`failed: ${request.url()} ${reason}`)
  })
}

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What axe finds wrong with the page by WCAG 2.2 AA, or two landmarks of one name; one line for each rule. `legacy` only
 * means without a second page, which frames of other sites would need; what passes is not listed. Twice as fast.
 */
export async function axeViolations(page: Page): Promise<string[]> {
  const rules = { 'landmark-unique': { enabled: true } }
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ runOnly: { type: 'tag', values: WCAG_22_AA }, rules, resultTypes: ['violations'] })
    .analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} at ${nodes.map(node => node.target)}`)
}

export async function expectNoAxeViolations(page: Page): Promise<void> {
  expect((await axeViolations(page)).join('\n'), page.url()).toBe('')
}
