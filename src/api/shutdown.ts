import { z } from 'zod'
import { answerJson } from '../domain/shutdown/answer.ts'
import { VERDICTS } from '../domain/shutdown/judge.ts'
import { landscapeJson } from '../exchange/landscape-json.ts'
import { type Asked, endpoint } from './endpoint.ts'
import { judgedWhole, stampFor } from './judged.ts'
import { day, named, number, text, when } from './shapes.ts'

/** The analysis as the command line prints it, and its input, so that it can be given again. */

/** The format has one number for a cost. */
const COSTS =
  'costs are in fen a month of the currency in the header Last-Orders-Currency; what services cost in others is left out'

const worth = z.object({ services: z.array(text), cost: number })
const judged = z.union([
  z.object({ verdict: z.literal('OFF') }),
  z.object({
    verdict: z.enum(VERDICTS),
    wave: number.nullable(),
    group: z.array(text),
    blockers: z.array(text),
    earliest: when,
    planned: when,
    distance: number.nullable(),
    chain: z.array(text).nullable(),
  }),
])

const analysis = named(
  'Analysis',
  z
    .object({
      asOf: day,
      services: z.record(text, judged),
      counts: z.record(text, number),
      groups: z.array(z.array(text)).describe('Groups of two and more'),
      waves: z.array(z.array(text)),
      frontier: z.array(z.tuple([text, text])).describe('Uses to re-point: consumer, provider'),
      warnings: z.array(text),
      blockers: z.record(text, z.object({ date: when, services: z.array(text) })),
      unlock: z.record(text, worth),
      unlockSystem: z.record(text, worth),
      whatIf: z.record(text, z.unknown()),
    })
    .describe(`As \`npm run cli -- analyze\` prints it; ${COSTS}`),
)

export const shutdown = endpoint({
  summary: 'The shutdown analysis of the whole estate. Its stamp stands in the headers Last-Orders-*',
  answer: analysis,
  async act(asked) {
    const { judgement, currencies } = await judgedWhole(asked)
    const written = [...answerJson(judgement, { whatIf: [], bestK: 0 })].join('')
    return { written, headers: await headersFor(asked, currencies) }
  },
})

export const landscapeFile = named(
  'Landscape',
  z
    .looseObject({ asOf: day, quietDays: number, soakDays: number })
    .extend({
      systems: z.array(z.looseObject({ id: text })),
      services: z.array(z.looseObject({ id: text })),
      edges: z.array(z.looseObject({ from: text, to: text })),
      externals: z.array(z.looseObject({ name: text, to: text })),
    })
    .describe(`What \`npm run cli -- analyze -\` reads; fields that say nothing are left out; ${COSTS}`),
)

export const landscape = endpoint({
  summary: 'The input of the analysis; `analyze` of it gives the same answer',
  answer: landscapeFile,
  async act(asked) {
    const { landscape, currencies } = await judgedWhole(asked)
    const written = `${landscapeJson(landscape, asked.today)}\n`
    return { written, headers: await headersFor(asked, currencies) }
  },
})

async function headersFor(asked: Asked, [currency]: readonly string[]) {
  const { asOf, rules, inputSha256 } = await stampFor(asked)
  return {
    'Last-Orders-As-Of': asOf,
    'Last-Orders-Rules': rules,
    'Last-Orders-Input-SHA256': inputSha256,
    ...(currency ? { 'Last-Orders-Currency': currency } : {}),
  }
}
