import { hash } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { type Context, today } from '../context.ts'
import { languageOf } from '../http/languages.ts'
import type { Db } from '../store/columns.ts'
import { loadEstateOutlook, loadOutlookSoFar } from '../store/estate-forecasts.ts'
import { countKeepings } from '../store/keepings.ts'
import { readRevision } from '../store/workspace.ts'
import { keepPages } from './kept-pages.ts'

/** A page made by another start of the server may look different. */
const START = Date.now().toString(36)

/**
 * Every page is made of the register, the day, the language, and how far the forecasts are, so these together and its
 * address are its version: while they stand, the browser keeps what it has, and another browser gets what was made for
 * the first, before any other work. Whoever answers anything but the page takes the version away again.
 */
export function answerUnchanged(context: Context): RequestHandler {
  const kept = keepPages()
  return async (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const revision = await readRevision(context.db)
    const day = today(context)
    const { isComplete } = await loadOutlookSoFar(context.db, day)
    if (!isComplete) response.once('close', () => void loadEstateOutlook(context.db, day).catch(() => {}))
    const state = `${revision}-${day}-${languageOf(request)}${keepingsOn(context.db, request)}`
    const address = hash('sha1', request.originalUrl, 'base64url')
    const version = `W/"${START}-${state}-${address}${isComplete ? '' : '-so-far'}"`
    response.set({ ETag: version, 'Cache-Control': 'private, no-cache', Vary: 'Cookie, Accept-Language' })
    if (isAmong(request.headers['if-none-match'], version)) return void response.status(304).end()
    const page = kept.find(version)
    if (page) return void response.type('html').end(page)
    const { locals }: { locals: Keeping } = response
    locals.keepPage = text => kept.keep(revision, version, text)
    next()
  }
}

/** These pages also tell what was forecast earlier, which is kept a moment after the change that it follows from. */
const TELL_KEPT_FORECASTS = /^\/(forecast|systems\/|residuals\/)/i

function keepingsOn(db: Db, { path }: Request): string {
  return TELL_KEPT_FORECASTS.test(path) ? `-${countKeepings(db)}` : ''
}

/** Whoever keeps several versions sends them all. */
function isAmong(kept: string | undefined, version: string): boolean {
  return kept?.split(',').some(one => one.trim() === version) ?? false
}

/** How whoever writes a page hands it over to be kept. */
export type Keeping = { keepPage?: (text: string) => void }
