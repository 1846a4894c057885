import type { Request } from 'express'
import { z } from 'zod'
import { readInput } from '../actions/input.ts'
import { InputRefused } from '../actions/refusal.ts'
import { JsonTextError, parseJson } from '../exchange/json-text.ts'
import type { Asked, Endpoint } from './endpoint.ts'
import { ApiRefusal } from './problems.ts'

/** What a request gives an endpoint, read by its schemas. Throws what `problems.ts` tells the asker. */
export async function givenBy(
  request: Request,
  endpoint: Endpoint,
  asked: Asked,
): Promise<Parameters<Endpoint['act']>[1]> {
  const query = queryOf(endpoint, request) as never
  const sent = endpoint.body ? bodyOf(request) : null
  const body = (await readBody(endpoint, asked, sent)) as never
  return { path: request.params as Record<string, string>, query, body, sent }
}

async function readBody({ body, besides }: Endpoint, asked: Asked, sent: unknown): Promise<unknown> {
  if (!body) return null
  try {
    return readInput(body, sent)
  } catch (error) {
    if (!(error instanceof InputRefused && besides)) throw error
    throw new InputRefused([...error.problems, ...(await besides(asked, sent))])
  }
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
  const text = utf8(Buffer.isBuffer(body) ? body : Buffer.alloc(0))
  try {
    const given = parseJson(text)
    if (/"__proto__"\s*:/.test(text)) refuseProto(given)
    return given
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    const { line, column } = error
    throw new ApiRefusal(400, 'malformed_json', { values: { line, column } })
  }
}

type Place = { value: unknown; name: string; within: Place | null }

/** A record is read without it, so that it would be passed over in silence. Bodies may be deep: no recursion. */
function refuseProto(given: unknown): void {
  const places: Place[] = [{ value: given, name: '', within: null }]
  for (const within of places) {
    if (within.name === '__proto__')
      throw new InputRefused([{ path: pathOf(within), code: 'input.unknown_field' }])
    if (typeof within.value !== 'object' || within.value === null) continue
    for (const [name, value] of Object.entries(within.value)) places.push({ value, name, within })
  }
}

function pathOf(place: Place): string {
  const names: string[] = []
  for (let at = place; at.within; at = at.within) names.unshift(at.name)
  return names.join('.')
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiRefusal(400, 'not_utf8')
  }
}
