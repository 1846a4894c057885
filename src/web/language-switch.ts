import type { RequestHandler } from 'express'
import { isLanguage } from '../http/languages.ts'
import { bodyOf } from './forms.ts'

const YEAR = 365 * 24 * 3600 * 1000

/** Remembers the language and goes back to the page, which must be one of ours. */
export const switchLanguage: RequestHandler = (request, response) => {
  const { lang, back } = bodyOf(request)
  if (isLanguage(lang))
    response.cookie('lang', lang, { maxAge: YEAR, httpOnly: true, sameSite: 'lax', path: '/' })
  const isOurs = typeof back === 'string' && /^\/(?![/\\])/.test(back)
  response.redirect(303, isOurs ? back : '/')
}
