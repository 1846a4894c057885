import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { expectNoAxeViolations, test } from '../support/browser.ts'

const GOOD = '<!doctype html><html lang="zh-CN"><title>末单</title><main><h1>末单 Last Orders</h1></main>'

test('a good page is walked without trouble', async ({ page }) => {
  await page.goto(await serve(GOOD))
  expect(await page.getByRole('heading').textContent()).toBe('末单 Last Orders')
  await expectNoAxeViolations(page)
})

test('an exception, a missing file and a forbidden style are troubles', async ({ page, troubles }) => {
  await page.goto(await serve(`${GOOD}<p style="color:red">x</p><img src="/missing.png" alt="">`))
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
  await page.goto(await serve(`${GOOD}<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`))
  await expect(expectNoAxeViolations(page)).rejects.toThrow('image-alt')
})

test.fails('a walk over a page that complains fails', async ({ page }) => {
  await page.goto(await serve(`${GOOD}<script>1</script>`))
})

async function serve(html: string): Promise<string> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/' ? 200 : 404
    response.setHeader('content-security-policy', "default-src 'none'; img-src 'self' data:")
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(request.url === '/' ? html : '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}
