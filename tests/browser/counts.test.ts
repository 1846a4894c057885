import { expect } from 'vitest'
import { createApp } from '../../src/app.ts'
import { expectNoAxeViolations, test } from '../support/browser.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const [sqlite] = databases
const CITIES = ['北京', '南京', '成都']

/** What a browser does when somebody pastes two columns of a spreadsheet; the clipboard itself asks for leave. */
const paste = (field: string) => `
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', '88\\t北京\\r\\n\\t南京\\r\\n66\\t成都\\r\\n')
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  document.querySelector('${field}').dispatchEvent(paste)`

/** Chromium reports every answer of 422 on its console. */
const REFUSED = expect.stringContaining('status of 422')

/** 北京, 南京 and 成都 at 100 each. */
async function openCounts(): Promise<string> {
  const context = contextOn('2026-03-31', await sqlite.open())
  const system = await addSystem(context)
  for (const name of CITIES)
    await count(context, await addResidual(context, system, { key: name, name }), '2026-02-28', '100')
  return `${(await serve(createApp(context))).url}/counts`
}

test('Enter goes from count to count, and the last one sends the round', async ({ page }) => {
  await page.goto(await openCounts())
  await page.locator('#count-1').focus()
  for (const text of ['90', '', '70']) {
    await page.keyboard.type(text)
    await page.keyboard.press('Enter')
  }
  await page.waitForURL(/done=/)
  const flash = await page.locator('.flash').textContent()
  expect(flash).toContain('账户1.0 / 北京：100 → 90')
  expect(flash).toContain('账户1.0 / 成都：100 → 70')
  expect(flash).not.toContain('南京')
})

test('a column copied from a spreadsheet fills the fields below', async ({ page }) => {
  await page.goto(await openCounts())
  await page.evaluate(paste('#count-1'))
  const typed = await page.locator('input[inputmode=tel]').evaluateAll(all => all.map(one => one.value))
  expect(typed).toEqual(['88', '', '66'])
  expect(await page.locator('[data-lost]').textContent()).toBe('')
})

test('what is pasted and finds no field is told', async ({ page }) => {
  await page.goto(await openCounts())
  await page.locator('#count-1').fill('91')
  await page.evaluate(paste('#count-3'))
  const typed = await page.locator('input[inputmode=tel]').evaluateAll(all => all.map(one => one.value))
  expect(typed).toEqual(['91', '', '88'])
  expect(await page.locator('[data-lost][role=status]').textContent()).toContain('有 1 格放不下')
})

test('without scripts a slip is asked back, and a second press keeps it', async ({ openPage, troubles }) => {
  const page = await openPage({ javaScriptEnabled: false, viewport: { width: 360, height: 700 } })
  await page.goto(await openCounts())
  await page.locator('#count-1').fill('9680')
  await page.getByRole('button', { name: '保存读数' }).click()
  expect(await page.locator('td .confirm .change').textContent()).toBe('100 → 9,680？')
  await page.getByRole('button', { name: '确认无误，保存' }).click()
  expect(await page.locator('.flash').textContent()).toContain('100 → 9,680')
  expect(troubles.splice(0)).toEqual([REFUSED])
})

test('a round that is asked back or refused is sound for everybody', async ({ page, troubles }) => {
  await page.goto(await openCounts())
  await page.locator('#count-1').fill('9680')
  await page.locator('#count-2').press('Tab')
  await page.getByRole('button', { name: '保存读数' }).click()
  await page.locator('.confirm').first().waitFor()
  await expectNoAxeViolations(page)
  await page.locator('#count-2').fill('1e3')
  await page.getByRole('button', { name: '确认无误，保存' }).click()
  await page.locator('.errors').waitFor()
  await expectNoAxeViolations(page)
  expect(troubles.splice(0)).toEqual([REFUSED, REFUSED])
})
