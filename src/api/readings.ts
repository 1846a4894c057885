import { z } from 'zod'
import { futureProblems } from '../actions/day-checks.ts'
import { requiredCount } from '../actions/input.ts'
import { entry } from '../actions/reading-checks.ts'
import { countsOf, MOST_IN_ROUND, recordReadings, round } from '../actions/readings.ts'
import { InputRefused } from '../actions/refusal.ts'
import type { Problem } from '../domain/problem.ts'
import { MEANINGS } from '../domain/readings.ts'
import { CHANGE_REASONS } from '../domain/vocabulary.ts'
import type { Db } from '../store/columns.ts'
import { findResiduals } from '../store/residuals.ts'
import { readRevision } from '../store/workspace.ts'
import { roundHref } from './addresses.ts'
import { endpoint } from './endpoint.ts'
import { count, day, number, text } from './shapes.ts'

/** What a round sends for one residual. Where a form may leave a count empty, a script has to say it. */
const sent = entry
  .extend({
    count: requiredCount().meta({
      type: ['integer', 'string'],
      description: '3000, "3000+" (at least) or "~3000" (about)',
    }),
    reason: entry.shape.reason.meta({ type: ['string', 'null'], enum: [...CHANGE_REASONS, null] }),
    note: entry.shape.note.meta({ type: ['string', 'null'] }),
    seen: entry.shape.seen.meta({
      type: ['integer', 'null'],
      description: 'Id of the newest reading as it was seen: a newer one in between is asked back with 409',
    }),
  })
  .meta({ required: ['count'] })

const body = round
  .extend({
    day: round.shape.day.meta({ type: 'string', format: 'date' }),
    source: round.shape.source.meta({ type: ['string', 'null'], description: 'Where the counts come from' }),
    counts: countsOf(sent)
      .describe(`By the id of the residual, ${MOST_IN_ROUND} at most; all are kept, or none`)
      .meta({ maxProperties: MOST_IN_ROUND }),
    answers: round.shape.answers.describe('What was asked back and is meant: the `answer` of each error'),
  })
  .meta({ required: ['day', 'counts'] })

const recorded = z.object({
  residualId: number,
  readingId: number,
  before: count.nullable().describe('null: never counted before'),
  after: count,
  meaning: z.enum(MEANINGS).describe('corrected: the first count, given again for its own day'),
})

export const recordRound = endpoint({
  summary: 'Keep counts of one day, all of them or none. Sent twice it changes nothing the second time',
  body,
  answer: z.object({
    day,
    revision: number,
    recorded: z.array(recorded),
    round: text.nullable().describe('Where it is told what this changed; null: nothing was recorded'),
    unchanged: z.array(number).describe('Residuals of which this was in force already'),
  }),
  async act({ context, today }, { body, sent }) {
    const unknown = await unknownProblems(context.db, Object.keys(body.counts).map(Number))
    if (unknown.length > 0) throw new InputRefused([...futureProblems('day', body.day, today), ...unknown])
    const recorded = await recordReadings(context, sent)
    const kept = new Set(recorded.map(({ residualId }) => residualId))
    return {
      day: body.day,
      revision: recorded[0]?.revision ?? (await readRevision(context.db)),
      recorded,
      round: recorded[0] ? roundHref(recorded[0].revision) : null,
      unchanged: Object.keys(body.counts)
        .map(Number)
        .filter(id => !kept.has(id)),
    }
  },
})

/** Every residual that is not there, where a page of one would just not be found. */
async function unknownProblems(db: Db, ids: readonly number[]): Promise<Problem[]> {
  const known = new Set((await findResiduals(db, ids)).map(({ id }) => id))
  return ids.flatMap(id =>
    known.has(id) ? [] : [{ path: `counts.${id}`, code: 'reading.no_residual', values: { id } }],
  )
}
