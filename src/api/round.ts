import { z } from 'zod'
import { readId } from '../domain/id.ts'
import { knownOfSum } from '../domain/known-cost.ts'
import { freedBetween } from '../domain/shutdown/effect.ts'
import { type ChangeEffect, effectOfRound } from '../http/change-effect.ts'
import type { Asking } from '../http/judged.ts'
import { roundNow } from '../http/round-now.ts'
import { outlooksAround, TOLD } from '../http/round-outlooks.ts'
import { type AuditEntry, listChangesOf } from '../store/audit-log.ts'
import type { Judged } from '../store/judged.ts'
import { systemHref } from './addresses.ts'
import { moneyOf } from './blockers.ts'
import { endpoint } from './endpoint.ts'
import { joint, jointOn } from './forecast-shapes.ts'
import { judgedWhole, stampFor } from './judged.ts'
import { ApiRefusal } from './problems.ts'
import { verdict } from './services.ts'
import { count, day, named, number, stamp, sum, text } from './shapes.ts'
import { movedIn, movedService } from './what-if.ts'

const kept = count.extend({ day })
const services = (description: string) => z.array(text).describe(description)

const effect = named(
  'Effect',
  z.object({
    nowReady: services('Services that can be switched off now'),
    nowFree: services('Services that can go after consumers that still run'),
    nowAfterOthers: services(
      'Services that could be switched off before, and now go only after consumers that run',
    ),
    noLongerReady: services('Services that could be switched off before, and that something holds now'),
    otherwise: z
      .array(z.object({ from: verdict, to: verdict, services: z.array(text) }))
      .describe('Services whose verdict changed in any other way; none of them is in another list'),
    blockersGone: z.array(text),
    blockersNew: z.array(text),
    freed: z
      .object({ services: z.array(text), cost: sum })
      .describe('Services that something held before and nothing does now, and what they cost'),
    moved: z.array(movedService).describe('Services whose dates move, the one worth most first'),
  }),
)

const moved = named(
  'MovedForecast',
  z.object({ key: text, before: joint, after: joint, href: text.describe('The system') }),
)

/** What a round of counts changed: asked for by the revision that kept it. */
export const roundByItsRevision = endpoint({
  summary: 'What a round of counts was, and what it changed in the shutdown analysis as it stands today',
  answer: z.object({
    stamp,
    revision: number,
    counts: z.array(
      z.object({ label: text, before: kept.nullable(), after: kept.nullable(), isInForce: z.boolean() }),
    ),
    isRecomputed: z
      .boolean()
      .describe('true: the register or the day has moved on, and the effect is not the one of that moment'),
    effect: effect
      .nullable()
      .describe(
        'Of its counts still in force, against the same register without them; null: nothing differs',
      ),
    forecasts: z
      .array(moved)
      .describe(
        'Systems whose forecast differs with its counts still in force and without them; ten at most',
      ),
  }),
  async act(asked, { path }) {
    const revision = readId(path.revision!)
    const entries = revision === null ? [] : await listChangesOf(asked.context.db, revision)
    const readings = entries.filter(({ noun }) => noun === 'reading')
    if (revision === null || readings.length === 0) throw new ApiRefusal(404, 'not_found')
    const judged = await judgedWhole(asked)
    const { standing, isRecomputed } = await roundNow(asked, readings)
    const change = await effectOfRound(asked, standing)
    const effect = change && inJson(judged, change)
    const counts = readings.map(entry => ({ ...toCounts(entry), isInForce: standing.includes(entry) }))
    const forecasts = await movedBy(asked, standing)
    return { stamp: await stampFor(asked), revision, counts, isRecomputed, effect, forecasts }
  },
})

function inJson(judged: Judged, { effect, before, after }: ChangeEffect) {
  const { services, cost } = freedBetween(before, after)
  const freed = { services, cost: moneyOf(judged)(cost, knownOfSum(services, judged.knownCosts)) }
  return { ...effect, freed, moved: movedIn(before, after) }
}

async function movedBy(asked: Asking, standing: readonly AuditEntry[]) {
  const pairs = await outlooksAround(asked, standing, TOLD)
  return pairs.flatMap(({ before, after }) => {
    const { key, targetOn } = after.system
    const [from, to] = [before, after].map(one => jointOn(asked.today, targetOn, one.joint))
    return JSON.stringify(from) === JSON.stringify(to)
      ? []
      : [{ key, before: from!, after: to!, href: systemHref(key) }]
  })
}

/** A reading that was withdrawn has nothing after it. */
function toCounts({ label, before, after }: AuditEntry) {
  return { label, before: before && JSON.parse(before), after: after && JSON.parse(after) }
}
