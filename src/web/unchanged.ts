import type { RequestHandler } from 'express'
import { type Context, today } from '../context.ts'
import { readRevision } from '../store/workspace.ts'
import { languageOf } from './visit.ts'

/** A page made by another start of the server may look different. */
const START = Date.now().toString(36)

/**
 * Every page is made of the register, the day and the language alone, so their three names together are its
 * version: while they stand, the browser keeps what it has, before any other work.
 */
export function answerUnchanged(context: Context): RequestHandler {
  return async (request, response, next) => {
    if (request.method !== 'GET') return next()
    const version = `W/"${START}-${await readRevision(context.db)}-${today(context)}-${languageOf(request)}"`
    response.set({ ETag: version, 'Cache-Control': 'private, no-cache', Vary: 'Cookie, Accept-Language' })
    if (request.headers['if-none-match'] === version) response.status(304).end()
    else next()
  }
}
