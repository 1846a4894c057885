import express, { type Express, type Request, type Response } from 'express'
import { z } from 'zod'
import { readInput } from '../actions/input.ts'
import { InputRefused } from '../actions/refusal.ts'
import { type Context, today } from '../context.ts'
import { JsonTextError, parseJson } from '../exchange/json-text.ts'
import { languageOf, translator } from '../http/languages.ts'
import type { Endpoint, Route, Written } from './endpoint.ts'
import { ApiRefusal } from './problems.ts'

/** Registers endpoints: each address has one method, and says so to whoever tries another. */
export function apiRoutes(app: Express, context: Context) {
  const routes: Route[] = []
  const register = (route: Route) => {
    routes.push(route)
    const answer = async (request: Request, response: Response) => {
      await send(response, await route.load(), request)
    }
    if (route.method === 'GET') app.get(route.path, answer)
    else app.post(route.path, express.raw({ type: 'application/json', limit: '2mb' }), answer)
    app.all(route.path, refuseMethod(route.method === 'GET' ? 'GET, HEAD' : route.method))
  }
  return {
    get: (path: string, load: Route['load']) => register({ method: 'GET', path, load }),
    post: (path: string, load: Route['load']) => register({ method: 'POST', path, load }),
  }

  async function send(response: Response, endpoint: Endpoint, request: Request) {
    if (!request.accepts('json')) throw new ApiRefusal(406, 'not_acceptable')
    const given = {
      path: request.params as Record<string, string>,
      query: queryOf(endpoint, request) as never,
      body: (endpoint.body ? readInput(endpoint.body, bodyOf(request)) : null) as never,
    }
    const t = translator(languageOf(request))
    const address = request.originalUrl
    const answer = await endpoint.act({ context, today: today(context), t, address, routes }, given)
    response.type('json')
    if (isWritten(answer)) response.set(answer.headers).end(answer.written)
    else response.end(JSON.stringify(endpoint.answer.parse(answer)))
  }
}

function isWritten(answer: unknown): answer is Written {
  return typeof answer === 'object' && answer !== null && 'written' in answer
}

/** What nobody reads is refused by its name, so that a misspelt filter does not answer another question. */
function queryOf({ query = NO_QUERY }: Endpoint, { query: asked }: Request): unknown {
  try {
    return readInput(query, asked)
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error
    throw new ApiRefusal(400, 'bad_query', { problems: error.problems, in: 'query' })
  }
}

const NO_QUERY = z.strictObject({})

function bodyOf({ headers, body }: Request): unknown {
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? ''))
    throw new ApiRefusal(415, 'unsupported_type')
  try {
    return parseJson(utf8(Buffer.isBuffer(body) ? body : Buffer.alloc(0)))
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    const { line, column } = error
    throw new ApiRefusal(400, 'malformed_json', { values: { line, column } })
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiRefusal(400, 'not_utf8')
  }
}

function refuseMethod(allowed: string) {
  return (request: Request, response: Response) => {
    response.set('Allow', `${allowed}, OPTIONS`)
    if (request.method !== 'OPTIONS')
      throw new ApiRefusal(405, 'method_not_allowed', { values: { method: request.method, allowed } })
    response.status(204).end()
  }
}
