import type { RequestHandler, Response } from 'express'
import { isLanguage, type Language, translator } from '../http/languages.ts'
import { bodyOf, type Visit } from './visit.ts'

const YEAR = 365 * 24 * 3600 * 1000

/** Remembers the language and goes back to the page, which must be one of ours. */
export const switchLanguage: RequestHandler = (request, response) => {
  const { lang, back } = bodyOf(request)
  if (isLanguage(lang)) remember(response, lang)
  const isOurs = typeof back === 'string' && /^\/(?![/\\])/.test(back)
  response.redirect(303, isOurs ? back : '/')
}

/**
 * A page with something to type has its switch send that along to the page's own address: the visit goes on in the
 * other language, and nothing is done yet. Null where a form is sent to be done.
 */
export function inAnotherLanguage(visit: Visit, response: Response): Visit | null {
  const { lang } = bodyOf(visit.request)
  if (!isLanguage(lang)) return null
  remember(response, lang)
  return { ...visit, language: lang, t: translator(lang) }
}

function remember(response: Response, lang: Language): void {
  response.cookie('lang', lang, { maxAge: YEAR, httpOnly: true, sameSite: 'lax', path: '/' })
}
