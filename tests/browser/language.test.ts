import { expect } from 'vitest'
import { createApp } from '../../src/app.ts'
import { expectNoAxeViolations, test } from '../support/browser.ts'
import { addResidual, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const [sqlite] = databases

/** 账户1.0 with 上海德祐, never counted. */
async function openCounts(): Promise<string> {
  const context = contextOn('2026-03-31', await sqlite.open())
  await addResidual(context, await addSystem(context))
  return `${(await serve(createApp(context))).url}/counts`
}

test('without scripts another language keeps what was typed, and Enter still saves it', async ({
  openPage,
}) => {
  const page = await openPage({ javaScriptEnabled: false })
  await page.goto(await openCounts())
  await page.locator('#count-1').fill('3000+')
  await page.getByRole('button', { name: 'English' }).click()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  expect(await page.locator('#count-1').inputValue()).toBe('3000+')
  await page.locator('#count-1').press('Enter')
  await page.waitForURL(/done=/)
  expect(await page.locator('.flash').textContent()).toContain('at least 3,000')
})

test('with scripts nobody is asked before the switch, and everybody before what was kept is left', async ({
  page,
}) => {
  const asked: string[] = []
  page.on('dialog', async dialog => {
    asked.push(dialog.type())
    await dialog.accept()
  })
  await page.goto(await openCounts())
  await page.locator('#count-1').fill('12')
  await page.getByRole('button', { name: 'English' }).click()
  await page.locator('html[lang=en]').waitFor()
  expect([asked, await page.locator('#count-1').inputValue()]).toEqual([[], '12'])
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: 'History' }).click()
  await page.waitForURL(/history/)
  expect(asked).toEqual(['beforeunload'])
})
