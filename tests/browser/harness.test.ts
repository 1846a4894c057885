import { expect } from 'vitest'
import { expectNoAxeViolations, test } from '../support/browser.ts'
import { serve } from '../support/server.ts'

const GOOD = '<!doctype html><html lang="zh-CN"><title>末单</title><main><h1>末单 Last Orders</h1></main>'

test('a good page is walked without trouble', async ({ page }) => {
  await page.goto(await show(GOOD))
  expect(await page.getByRole('heading').textContent()).toBe('末单 Last Orders')
  await expectNoAxeViolations(page)
})

test('an exception, a missing file and a forbidden style are troubles', async ({ page, troubles }) => {
  await page.goto(await show(`${GOOD}<p style="color:red">x</p><img src="/missing.png" alt="">`))
  await page.evaluate(() =>
    setTimeout(() => {
      throw new Error('oh no')
    }),
  )
  await expect.poll(() => troubles.length).toBe(3)
  expect(troubles.splice(0).sort()).toEqual([
    expect.stringMatching(/^error: .*Content Security Policy/),
    expect.stringMatching(/^error: .*404/),
    'exception: oh no',
  ])
})

test('a picture without words is an axe violation', async ({ page }) => {
  await page.goto(await show(`${GOOD}<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`))
  await expect(expectNoAxeViolations(page)).rejects.toThrow('image-alt')
})

test('Chinese is drawn on every machine, each character its own', async ({ page }) => {
  await page.goto(await show(GOOD))
  const pictures = new Set<string>()
  for (const text of ['末', '单', '余', '\u{e000}']) {
    await page.locator('h1').evaluate((heading, shown) => heading.replaceChildren(shown), text)
    pictures.add((await page.locator('h1').screenshot()).toString('base64'))
  }
  expect(pictures.size).toBe(4)
})

test.fails('a walk over a page that complains fails', async ({ page }) => {
  await page.goto(await show(`${GOOD}<script>1</script>`))
})

async function show(html: string): Promise<string> {
  const site = await serve((request, response) => {
    response.statusCode = request.url === '/' ? 200 : 404
    response.setHeader('content-security-policy', "default-src 'none'; img-src 'self' data:")
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(request.url === '/' ? html : '')
  })
  return site.url
}
