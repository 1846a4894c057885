import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { findSimulatedSince, readRevision } from '../store/workspace.ts'
import { addressOf, documentOf } from './document.ts'
import { endpoint } from './endpoint.ts'
import { PROBLEM_CODES } from './problems.ts'
import { day, number, text } from './shapes.ts'

/** The way in: everything that can be asked, in words and as an OpenAPI document. */

export const start = endpoint({
  summary: 'What can be asked here, and what each kind of problem means',
  answer: z.object({
    name: text,
    version: text,
    today: day.describe('The business day in the zone of the register'),
    zone: text,
    revision: number.describe('How often the register has changed: while it stands, so does every answer'),
    simulatedSince: day.nullable().describe('null: the register is real'),
    endpoints: z.array(z.object({ method: text, href: text, answers: text })),
    problems: z.record(text, text),
  }),
  async act({ context, today, routes, t }) {
    const endpoints = routes.map(async ({ method, path, load }) => ({
      method,
      href: addressOf(path),
      answers: (await load()).summary,
    }))
    return {
      name: 'Last Orders',
      version: VERSION,
      today,
      zone: context.config.TIME_ZONE,
      revision: await readRevision(context.db),
      simulatedSince: await findSimulatedSince(context.db),
      endpoints: await Promise.all(endpoints),
      problems: Object.fromEntries(PROBLEM_CODES.map(code => [code, t(`api.problem.${code}.title`)])),
    }
  },
})

export const document = endpoint({
  summary: 'The same as an OpenAPI 3.1 document, made of the schemas that check what comes in and goes out',
  answer: z.looseObject({ openapi: text }),
  act: async ({ routes }) => documentOf(routes, VERSION),
})

const VERSION: string = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
).version
