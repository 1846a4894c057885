import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { openRegister } from '../support/walk.ts'

test('arrow keys are spoken of only where something hovers', { timeout: 60_000 }, async ({ openPage }) => {
  const url = `${await openRegister()}/`
  for (const hasTouch of [false, true]) {
    const page = await openPage({ hasTouch, isMobile: hasTouch })
    await page.goto(url)
    expect(await page.getByText('按左右方向键逐日查看').isVisible()).toBe(!hasTouch)
  }
})
