import type { z } from 'zod'
import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Problem } from '../domain/problem.ts'
import type { Language, Translate } from '../http/languages.ts'

/** One request as an endpoint sees it. `address` is the path with its query; `routes` are all there are. */
export type Asked = {
  context: Context
  today: Day
  t: Translate
  language: Language
  address: string
  routes: readonly Route[]
}

/** What a request gave, read by the schemas of its endpoint; `sent` is its body as it came, for an action to read. */
type Given<Query, Body> = {
  path: Readonly<Record<string, string>>
  query: Query
  body: Body
  sent: unknown
}

/** An answer that was written as JSON text somewhere else, with what belongs beside it. */
export type Written = { written: string; headers: Readonly<Record<string, string>> }

/**
 * One thing to ask for. The schemas check what comes in and what goes out, and the OpenAPI document is made of them:
 * an answer holds what its schema names and nothing else. An endpoint with a `body` is a write.
 */
export type Endpoint = {
  summary: string
  query?: z.ZodObject
  body?: z.ZodType
  besides?: Besides
  answer: z.ZodType
  act: (asked: Asked, given: Given<never, never>) => Promise<unknown>
}

/** What else is wrong with a body that its schema refuses, so that all of it is told at once. */
type Besides = (asked: Pick<Asked, 'context' | 'today'>, sent: unknown) => Promise<Problem[]>

type Described<Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType> = {
  summary: string
  query?: Query
  body?: Body
  besides?: Besides
  answer: Answer
  act: (asked: Asked, given: Given<z.output<Query>, z.output<Body>>) => Promise<z.input<Answer> | Written>
}

/** The same, once it is known that what it answers fits its schema. */
export function endpoint<Query extends z.ZodObject, Body extends z.ZodType, Answer extends z.ZodType>(
  described: Described<Query, Body, Answer>,
): Endpoint {
  return described
}

/** An address and how to get its endpoint, which is read when it is first asked for. */
export type Route = { method: 'GET' | 'POST'; path: string; load: () => Promise<Endpoint> }
