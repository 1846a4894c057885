import type { ErrorRequestHandler, RequestHandler } from 'express'
import { ChangedMeanwhile, InputRefused, NeedsConfirmation, NotFound } from '../actions/refusal.ts'
import type { Context } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import { HTML_LANGUAGES, type Language, languageOf, translator } from '../http/languages.ts'
import { movedTo } from '../http/moved.ts'
import { sayProblem } from '../http/refusals.ts'
import type { Log } from '../log.ts'
import { RETRY_SECONDS, storeFailure } from '../store/failure.ts'

/** Errors for machines: problem details (RFC 9457), with a pointer (RFC 6901) to each field that is wrong. */

/** Every kind of problem; `/api/v1#CODE` is its type, and the index says what each means. */
export const PROBLEM_CODES = [
  'bad_request',
  'bad_query',
  'malformed_json',
  'not_utf8',
  'not_found',
  'method_not_allowed',
  'not_acceptable',
  'changed_meanwhile',
  'from_elsewhere',
  'too_large',
  'unsupported_type',
  'refused_input',
  'needs_confirmation',
  'broken',
  'unavailable',
] as const
export type ProblemCode = (typeof PROBLEM_CODES)[number]

type Details = {
  values?: Record<string, string | number>
  problems?: readonly (Problem & { answer?: string })[]
  in?: 'query' | 'body'
}

/** What the API itself refuses, before any action is asked. */
export class ApiRefusal extends Error {
  readonly status: number
  readonly code: ProblemCode
  readonly details: Details
  constructor(status: number, code: ProblemCode, details: Details = {}) {
    super(code)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** Whatever is asked for below `/api` that no endpoint has. */
export const noSuchEndpoint: RequestHandler = () => {
  throw new ApiRefusal(404, 'not_found')
}

export function sendProblem(context: Context, log: Log): ErrorRequestHandler {
  return async (error, request, response, next) => {
    if (response.headersSent) return next(error)
    response.removeHeader('ETag')
    const moved = request.method === 'GET' ? await movedTo(context, request, error) : null
    if (moved) return response.set('Cache-Control', 'no-store').redirect(301, moved)
    const { status, code, details } = refusalOf(error)
    if (status >= 500) log.error({ err: error, method: request.method, path: request.path }, 'the API failed')
    const language = languageOf(request)
    response.status(status).type('application/problem+json')
    response.set({ 'Cache-Control': 'no-store', 'Content-Language': HTML_LANGUAGES[language] })
    if (status === 503) response.set('Retry-After', RETRY_SECONDS)
    response.end(JSON.stringify(problemOf(language, status, code, details, error)))
  }
}

function problemOf(language: Language, status: number, code: ProblemCode, details: Details, error: unknown) {
  const t = translator(language)
  const trouble = storeFailure(error)
  const { values, problems, in: where = 'body' } = details
  const isQuestion = code === 'refused_input' && where === 'query'
  const detail = trouble
    ? t(`failure.${trouble}.text`)
    : t(`api.problem.${code}.${isQuestion ? 'question' : 'detail'}`, values)
  return {
    type: `/api/v1#${code}`,
    title: trouble ? t(`failure.${trouble}.title`) : t(`api.problem.${code}.title`),
    status,
    detail,
    ...(problems && {
      errors: problems.map(problem => ({
        in: where,
        path: pointerTo(problem.path),
        code: problem.code,
        message: sayProblem(t, language, problem),
        ...(problem.answer && { values: problem.values, answer: problem.answer }),
      })),
    }),
  }
}

/** `counts.4.count` as `/counts/4/count`. */
function pointerTo(path: string): string {
  const parts = path.split('.').map(part => part.replaceAll('~', '~0').replaceAll('/', '~1'))
  return path === '' ? '' : `/${parts.join('/')}`
}

function refusalOf(error: unknown): { status: number; code: ProblemCode; details: Details } {
  if (error instanceof ApiRefusal) return error
  if (error instanceof NotFound) return { status: 404, code: 'not_found', details: {} }
  if (error instanceof InputRefused)
    return { status: 422, code: 'refused_input', details: { problems: error.problems } }
  if (error instanceof NeedsConfirmation) return askedBack(error)
  if (error instanceof ChangedMeanwhile) return { status: 409, code: 'changed_meanwhile', details: {} }
  if (storeFailure(error)) return { status: 503, code: 'unavailable', details: {} }
  return { ...refusedByExpress(error), details: {} }
}

/** Where somebody else counted meanwhile it is a conflict, as it is on the form. */
function askedBack({ questions }: NeedsConfirmation) {
  const isOvertaken = questions.some(({ code }) => code === 'reading.changed_meanwhile')
  const details = { problems: questions }
  return isOvertaken
    ? { status: 409, code: 'changed_meanwhile' as const, details }
    : { status: 422, code: 'needs_confirmation' as const, details }
}

/** A body too large, a broken encoding. */
function refusedByExpress(error: unknown): { status: number; code: ProblemCode } {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500
  if (status === 403) return { status, code: 'from_elsewhere' }
  if (status === 413) return { status, code: 'too_large' }
  if (status === 415) return { status, code: 'unsupported_type' }
  return status >= 400 && status < 500 ? { status, code: 'bad_request' } : { status: 500, code: 'broken' }
}
