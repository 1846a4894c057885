import { expect } from 'vitest'
import { test } from '../support/browser.ts'
import { openRegister, walk } from '../support/walk.ts'

const KINDS = [
  '/',
  '/attention',
  '/counts',
  '/history',
  '/services',
  '/services/:key',
  '/shutdown',
  '/systems/:key',
  '/systems/new',
]

test.for(['zh-CN', 'en'])(
  'every page that links lead to is sound in %s',
  { timeout: 240_000 },
  async (locale, { openPage }) => {
    const page = await openPage({ locale })
    const { kinds, complaints } = await walk(page, `${await openRegister()}/`)
    expect(complaints).toEqual([])
    expect(kinds).toEqual(expect.arrayContaining(KINDS))
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
  },
)
