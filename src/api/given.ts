import type { Request } from 'express'
import { z } from 'zod'
import { readInput } from '../actions/input.ts'
import { InputRefused } from '../actions/refusal.ts'
import { JsonTextError, parseJson } from '../exchange/json-text.ts'
import type { Endpoint } from './endpoint.ts'
import { ApiRefusal } from './problems.ts'

/** What a request gives an endpoint, read by its schemas. Throws what `problems.ts` tells the asker. */
export function givenBy(request: Request, endpoint: Endpoint): Parameters<Endpoint['act']>[1] {
  const query = queryOf(endpoint, request) as never
  const sent = endpoint.body ? bodyOf(request) : null
  const body = (endpoint.body ? readInput(endpoint.body, sent) : null) as never
  return { path: request.params as Record<string, string>, query, body, sent }
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
    refuseProto(given, [])
    return given
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error
    const { line, column } = error
    throw new ApiRefusal(400, 'malformed_json', { values: { line, column } })
  }
}

/** A record is read without it, so that it would be passed over in silence. */
function refuseProto(given: unknown, path: string[]): void {
  if (typeof given !== 'object' || given === null) return
  for (const [name, value] of Object.entries(given)) {
    const at = [...path, name]
    if (name === '__proto__') throw new InputRefused([{ path: at.join('.'), code: 'input.unknown_field' }])
    refuseProto(value, at)
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiRefusal(400, 'not_utf8')
  }
}
