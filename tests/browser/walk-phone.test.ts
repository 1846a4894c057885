import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { openRegister, walk } from '../support/walk.ts'

test('on a phone and in the dark every page is sound too', { timeout: 240_000 }, async ({ openPage }) => {
  const page = await openPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' })
  const { complaints } = await walk(page, `${await openRegister()}/`)
  expect(complaints).toEqual([])
})
