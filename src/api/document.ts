import { z } from 'zod'
import type { Endpoint, Route } from './endpoint.ts'
import { NAMED } from './shapes.ts'

/** The OpenAPI document, made of the endpoints themselves. */
export async function documentOf(routes: readonly Route[], version: string) {
  const loaded = await Promise.all(routes.map(async route => ({ ...route, endpoint: await route.load() })))
  const answers = schemasOf(loaded.map(({ path, endpoint }) => [endpoint.answer, path] as const))
  const paths = loaded.map(({ path, method, endpoint }) => [
    addressOf(path),
    { [method.toLowerCase()]: operationOf(endpoint, path, answers.get(endpoint.answer)!) },
  ])
  const named = [...NAMED].map(([shape, name]) => [name, answers.get(shape)!])
  return {
    openapi: '3.1.0',
    info: { title: 'Last Orders', version, description: DESCRIPTION },
    paths: Object.fromEntries(paths),
    components: { schemas: { ...Object.fromEntries(named), Problem: PROBLEM } },
  }
}

/** `/systems/:key` as `/systems/{key}`. */
export function addressOf(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}')
}

const DESCRIPTION =
  'Days are YYYY-MM-DD in the zone of the register, money is in fen (hundredths) a month with its currency, and ' +
  'null is what nobody knows or said, never 0. Errors are problem details (RFC 9457). Accept-Language chooses ' +
  'their words: zh or en. Answers carry an ETag that changes with the register. The page of a thing has its ' +
  'address without /api/v1. Counts are written here; everything else is written on pages.'

function operationOf({ summary, query, body }: Endpoint, path: string, answer: object) {
  return {
    summary,
    parameters: [...pathParameters(path), ...(query ? queryParameters(query) : [])],
    ...(body && {
      requestBody: { required: true, content: { 'application/json': { schema: inputOf(body) } } },
    }),
    responses: {
      200: { description: summary, content: { 'application/json': { schema: answer } } },
      default: {
        description: 'A problem',
        content: { 'application/problem+json': { schema: { $ref: refOf('Problem') } } },
      },
    },
  }
}

function pathParameters(path: string) {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  return names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
}

function queryParameters(query: z.ZodObject) {
  const { properties = {} } = inputOf(query) as { properties?: Record<string, object> }
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }))
}

function inputOf(schema: z.ZodType): object {
  return plain(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: withoutSafeRange }))
}

/** Answers and all shapes with a name, each of which the others only name. */
function schemasOf(answers: readonly (readonly [z.ZodType, string])[]): Map<z.ZodType, object> {
  const registry = z.registry<{ id: string }>()
  const all = new Map([...answers, ...NAMED])
  for (const [schema, id] of all) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { io: 'output', uri: refOf, override: withoutSafeRange })
  return new Map([...all].map(([schema, id]) => [schema, plain(schemas[id]!)]))
}

function refOf(name: string): string {
  return `#/components/schemas/${name}`
}

/** That a whole number fits the language it was written in says nothing about it. */
function withoutSafeRange({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

/** A part of the document needs no name and no dialect of its own. */
function plain({ $schema: _dialect, $id: _name, ...schema }: Record<string, unknown>): object {
  return schema
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'Its kind, as the index explains it' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['in', 'path', 'code', 'message'],
        properties: {
          in: { enum: ['body', 'query'] },
          path: { type: 'string', description: 'JSON pointer (RFC 6901) to the field' },
          code: { type: 'string' },
          message: { type: 'string' },
          values: {
            type: 'object',
            description: 'Of what is asked back: both counts, their days, and who counted',
          },
          answer: { type: 'string', description: 'Sent back in `answers` it says that this is meant' },
        },
      },
    },
  },
}
