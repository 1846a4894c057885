import { z } from 'zod'
import { futureProblems } from '../actions/day-checks.ts'
import { requiredCount, requiredDay } from '../actions/input.ts'
import { closedProblems, entry, unknownProblems } from '../actions/reading-checks.ts'
import { countsOf, MOST_IN_ROUND, recordReadings, round } from '../actions/readings.ts'
import { ID } from '../domain/id.ts'
import { MEANINGS } from '../domain/readings.ts'
import { CHANGE_REASONS } from '../domain/vocabulary.ts'
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
    seenUpTo: entry.shape.seenUpTo.meta({
      type: ['integer', 'null'],
      description:
        'Greatest id of a reading that was there by then: one of the same day, entered since, is asked back with 409',
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
  async besides({ context, today }, sent) {
    const { data } = roughly.safeParse(sent)
    const ids = Object.keys(data?.counts ?? {}).filter(id => ID.test(id))
    if (ids.length > MOST_IN_ROUND) return []
    const numbers = ids.map(Number)
    const found = await findResiduals(context.db, numbers)
    return [
      ...futureProblems('day', data?.day ?? null, today),
      ...unknownProblems(numbers, found),
      ...closedProblems(found),
    ]
  },
  async act({ context }, { body, sent }) {
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

/** As much of a round as can be read, whatever is wrong with the rest. */
const roughly = z.object({
  day: requiredDay().nullable().catch(null),
  counts: z.record(z.string(), z.unknown()).catch({}),
})
