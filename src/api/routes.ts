import express, { type Express, type Request, type Response } from 'express'
import { type Context, today } from '../context.ts'
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
  const add =
    (method: Route['method']) =>
    <Room>(path: string, enter: () => Promise<Room>, choose: (it: Room) => Endpoint) =>
      register({ method, path, load: async () => choose(await enter()) })
  return { get: add('GET'), post: add('POST') }

  async function send(response: Response, endpoint: Endpoint, request: Request) {
    if (!request.accepts('json')) throw new ApiRefusal(406, 'not_acceptable')
    const { givenBy } = await import('./given.ts')
    const language = languageOf(request)
    const t = translator(language)
    const asked = { context, today: today(context), t, language, address: request.originalUrl, routes }
    const given = await givenBy(request, endpoint, asked)
    const answer = await endpoint.act(asked, given)
    response.type('json')
    if (isWritten(answer)) response.set(answer.headers).end(answer.written)
    else response.end(JSON.stringify(endpoint.answer.parse(answer)))
  }
}

function isWritten(answer: unknown): answer is Written {
  return typeof answer === 'object' && answer !== null && 'written' in answer
}

function refuseMethod(allowed: string) {
  return (request: Request, response: Response) => {
    response.set('Allow', `${allowed}, OPTIONS`)
    if (request.method !== 'OPTIONS')
      throw new ApiRefusal(405, 'method_not_allowed', { values: { method: request.method, allowed } })
    response.status(204).end()
  }
}
