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
  'tables fit on a sheet of paper in %s, what holds services has room, and those of a plan fit on a phone',
  { timeout: 120_000 },
  async (locale, { openPage }) => {
    const context = contextOn('2026-11-23', await sqlite.open())
    await plantDemo(context)
    const { url } = await serve(createApp(context))
    const page = await openPage({ locale, viewport: { width: PAPER, height: 1000 } })
    await page.emulateMedia({ media: 'print' })
    for (const path of ['/services', '/shutdown', '/timeline', '/plans/1']) {
      await page.goto(url + path)
      expect(await page.evaluate('document.documentElement.scrollWidth'), path).toBe(PAPER)
    }
    await page.goto(`${url}/services`)
    const widths = await page.locator('thead th').evaluateAll(all => all.map(one => one.clientWidth))
    const [, , held, , , , , cost] = widths
    expect(held).toBeGreaterThan(cost!)
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize({ width: 360, height: 740 })
    await page.goto(`${url}/plans/1`)
    const [table, room] = await page
      .locator('.scroll:has(.stacks)')
      .evaluate(box => [box.scrollWidth, box.clientWidth])
    expect(table).toBe(room)
  },
)
