import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { InputRefused, NotFound } from '../actions/refusal.ts'
import type { Context } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import { movedTo } from '../http/moved.ts'
import { sayProblem, statusOf } from '../http/refusals.ts'
import type { Log } from '../log.ts'
import { RETRY_SECONDS, type StoreFailure, storeFailure } from '../store/failure.ts'
import { NotKept } from './not-kept.ts'
import { typedAgain } from './typed-again.ts'
import { renderPage, send, visitOf } from './visit.ts'

/** Errors in the page's own layout: what happened, what was kept, and what to do. Machines get problem+json. */

export function notFoundPage(context: Context): RequestHandler {
  return (request, response) => sendFailure(context, request, response, 404, 'not_found')
}

export function failurePage(context: Context, log: Log): ErrorRequestHandler {
  return async (thrown, request, response, next) => {
    const error = thrown instanceof NotKept ? thrown.cause : thrown
    if (response.headersSent) return next(error)
    response.removeHeader('ETag')
    const moved = await movedTo(context, request, error)
    // 308 sends a form on with everything typed; there it meets the renaming as a change by somebody else.
    const code = request.method === 'GET' ? 301 : 308
    if (moved) return response.set('Cache-Control', 'no-store').redirect(code, moved)
    const status = clientStatus(error) ?? statusOf(error)
    const trouble = storeFailure(error)
    if (status >= 500) log.error({ err: error, method: request.method, path: request.path }, 'a page failed')
    if (thrown instanceof NotKept) {
      response.set('Cache-Control', 'no-store')
      const answer = { ...thrown.answer, status: 503 }
      const isSent = await send(visitOf(context, request), response, answer).then(
        () => true,
        () => false,
      )
      // A page that asks the lost database for nothing but the name of the register still needs it.
      if (isSent) return
    }
    const why = trouble ?? codeOf(error, status)
    const problems = error instanceof InputRefused ? error.problems : []
    await sendFailure(context, request, response, trouble ? 503 : status, why, problems)
  }
}

/** What Express itself refuses: a body too large, a broken encoding. */
function clientStatus(error: unknown): number | null {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0
  return status >= 400 && status < 500 ? status : null
}

function codeOf(error: unknown, status: number): string {
  if (error instanceof NotFound) return 'not_found'
  if (error instanceof InputRefused) return 'refused_file'
  return CODES[status] ?? (status < 500 ? 'bad_request' : 'broken_page')
}

const CODES: Readonly<Record<number, string>> = { 403: 'from_elsewhere', 413: 'too_large' }

async function sendFailure(
  context: Context,
  request: Request,
  response: Response,
  status: number,
  code: StoreFailure | string,
  problems: readonly Problem[] = [],
) {
  const visit = visitOf(context, request)
  const { t, language } = visit
  const title = t(`failure.${code}.title`)
  const said = problems.map(problem => sayProblem(t, language, problem)).join(t('open.separator'))
  const text = t(`failure.${code}.text`, { problems: said })
  response.status(status).set('Cache-Control', 'no-store').removeHeader('ETag')
  if (status === 503) response.set('Retry-After', RETRY_SECONDS)
  if (request.accepts(['html', 'json']) === 'json') {
    response
      .type('application/problem+json')
      .end(JSON.stringify({ type: 'about:blank', title, status, detail: text }))
    return
  }
  const typed = status >= 500 ? typedAgain(visit, request) : null
  const it = { title, text, path: readable(request.path), typed }
  try {
    response.type('html').end(await renderPage(visit, { view: 'shared/failure', title, it }, null))
  } catch {
    // The layout itself is broken: plain words are still better than silence.
    response.type('text').end(`${title}\n`)
  }
}

/** The address as a person reads it; one that is coded wrongly, or hides signs that nobody sees, stays as it came. */
function readable(path: string): string {
  try {
    const read = decodeURI(path)
    return /\p{C}/u.test(read) ? path : read
  } catch {
    return path
  }
}
