import { z } from 'zod'
import { knownOfSum } from '../domain/known-cost.ts'
import { listMoved, listStillHeld, touchedBy } from '../domain/shutdown/comparison.ts'
import { countVerdicts } from '../domain/shutdown/estate.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { listStayingWays } from '../domain/shutdown/staying.ts'
import {
  type Change,
  whatIf as judgeChange,
  listHindered,
  listStillCalled,
} from '../domain/shutdown/what-if.ts'
import { lapsingAfter } from '../http/lapses.ts'
import { changeOf, type LeftOut, type Parameter, wishesIn } from '../http/what-if-query.ts'
import { blocker, wayFromStaying, waysInJson } from './blocker-shapes.ts'
import { moneyOf } from './blockers.ts'
import { endpoint } from './endpoint.ts'
import { judgedWhole, stampFor } from './judged.ts'
import { ApiRefusal } from './problems.ts'
import { lapse, lapsesIn, verdict } from './services.ts'
import { named, number, soaking, stamp, sum, text, when } from './shapes.ts'

/** A parameter that may stand several times; nothing in it is refused before the register was asked. */
const several = (description: string) =>
  z
    .unknown()
    .optional()
    .meta({ type: 'array', items: { type: 'string' }, description })

const ASKED = {
  resolve: several('Id of a blocker that ends; a residual at zero closes no gate'),
  system: several('Key of a system of which the residual and all gates are done'),
  drop: several('A use that is re-pointed, as `consumer>provider`; a > or % in a key is written %3E or %25'),
  off: several('Key of a service that is switched off today'),
} satisfies Record<Parameter, unknown>

const counts = z.record(text, number).describe('How many services have each verdict')
const dates = z.object({ earliest: when, planned: when })
export const movedService = named('MovedService', z.object({ service: text, before: dates, after: dates }))

/** What would happen if: the same query as on the page, so that either can be sent to a colleague. */
export const whatIf = endpoint({
  summary:
    'What a change would free, lose and move: blockers ended, systems done, uses re-pointed, services off',
  query: z.strictObject(ASKED),
  answer: z.object({
    stamp,
    change: z.object({
      resolve: z.array(text),
      systems: z.array(text),
      dropEdges: z.array(z.tuple([text, text])),
      off: z.array(text),
    }),
    services: z.array(text).describe('Those that become free, without those that are switched off'),
    cost: sum,
    lost: z.array(text).describe('Free before and not any more'),
    readied: z.array(text).describe('Free before, but only after others, and now at once'),
    counts: z.object({ before: counts, after: counts }),
    moved: z
      .array(movedService)
      .describe('Services whose dates move, those that become free among them, the one worth most first'),
    stillCalled: z
      .array(z.object({ service: text, callers: z.array(text), waived: z.array(text), fed: z.array(text) }))
      .describe(
        'Services to be switched off that somebody who is not still calls; `waived`: whose use is waived, and so holds nothing; `fed`: whom it calls, and who cannot live without it',
      ),
    hindered: z
      .array(z.object({ service: text, verdict, soaking }))
      .describe(
        'Services to be switched off that stay, that something holds today, or that can go while what went before is watched',
      ),
    lapses: z
      .array(z.object({ service: text, lapses: z.array(lapse) }))
      .describe('Services of which a date then rests on something that ends before it'),
    stillHeld: z
      .object({
        services: z.array(text),
        blockers: z.array(blocker.extend({ services: number.describe('How many of these it holds') })),
        staying: z
          .array(wayFromStaying)
          .describe(
            'Behind `permanent`: everybody who stays and uses some of these services, a way each, who holds longest first; at most 20',
          ),
        stayingMore: number.describe('How many more stay'),
      })
      .describe('Why it frees no more: services that it helps, and what is left in their way'),
  }),
  async act(asked, { query }) {
    const judged = await judgedWhole(asked)
    const { judgement, knownCosts } = judged
    const { change, leftOut } = changeOf(judgement, wishesIn(query))
    if (leftOut.length > 0) throw refusing(leftOut)
    const { services, cost, lost, readied, after } = judgeChange(judgement, change)
    return {
      stamp: await stampFor(asked),
      change,
      services,
      cost: moneyOf(judged)(cost, knownOfSum(services, knownCosts)),
      lost,
      readied,
      ...compared(judgement, after),
      stillCalled: listStillCalled(judgement, change),
      hindered: listHindered(judgement, change),
      lapses: Array.from(await lapsingAfter(asked, after), ([service, lapses]) => ({
        service,
        lapses: lapsesIn(lapses),
      })),
      stillHeld: stillHeldAfter(judgement, after, change),
    }
  },
})

/** Each has to be looked for. */
const STAYING = 20

function stillHeldAfter(before: Judgement, after: Judgement, change: Change) {
  const held = listStillHeld(before, after, touchedBy(before, change))
  const isForEver = held.blockers.some(({ kind }) => kind === 'permanent')
  const { ways, more } = listStayingWays(after, isForEver ? held.services : [], STAYING)
  return { ...held, staying: waysInJson(after, ways), stayingMore: more }
}

function compared(before: Judgement, after: Judgement) {
  return {
    counts: { before: countsOf(before), after: countsOf(after) },
    moved: movedIn(before, after),
  }
}

export function movedIn(before: Judgement, after: Judgement) {
  return listMoved(before, after).map(({ id, ...dates }) => ({ service: id, ...dates }))
}

function countsOf(judgement: Judgement) {
  return Object.fromEntries(countVerdicts(judgement))
}

/** Each wish that cannot be tried, by its parameter. */
function refusing(leftOut: readonly LeftOut[]): ApiRefusal {
  const problems = leftOut.map(({ parameter, value, why }) => ({
    path: parameter,
    code: `what_if.${why}`,
    values: { what: value },
  }))
  return new ApiRefusal(422, 'refused_input', { problems, in: 'query' })
}
