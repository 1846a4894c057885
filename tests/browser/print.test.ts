import { expect } from 'vitest'
import { plantDemo } from '../../seeds/demo.ts'
import { createApp } from '../../src/app.ts'
import { test } from '../support/browser.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const [sqlite] = databases
/** A4 in CSS pixels, less a centimetre on either side. */
const PAPER = 718

test.for(['zh-CN', 'en'])(
  'the tables of services fit on a sheet of paper in %s, and what holds them has room',
  { timeout: 120_000 },
  async (locale, { openPage }) => {
    const context = contextOn('2026-11-23', await sqlite.open())
    await plantDemo(context)
    const { url } = await serve(createApp(context))
    const page = await openPage({ locale, viewport: { width: PAPER, height: 1000 } })
    await page.emulateMedia({ media: 'print' })
    for (const path of ['/services', '/shutdown']) {
      await page.goto(url + path)
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(PAPER)
    }
    await page.goto(`${url}/services`)
    const widths = await page.locator('thead th').evaluateAll(all => all.map(one => one.clientWidth))
    const [, , held, , , , , cost] = widths
    expect(held).toBeGreaterThan(cost!)
  },
)
