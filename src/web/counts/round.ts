import type { Express } from 'express'
import { InputRefused, NotFound } from '../../actions/refusal.ts'
import type { Context } from '../../context.ts'
import type { Problem } from '../../domain/problem.ts'
import { statusOf } from '../../http/refusals.ts'
import { type Refused, refusedParts } from '../forms.ts'
import { inAnotherLanguage } from '../language-switch.ts'
import { notKept, type Trouble } from '../not-kept.ts'
import { returnedTitle } from '../returned-title.ts'
import { type Answer, bodyOf, send, type ViewAnswer, type Visit, visitOf } from '../visit.ts'
import { seenIn } from './seen.ts'

/** What was typed beside one residual. */
export type TypedCount = { count: string; note: string; reason: string; seen: string; keep: string }

/** A round that was sent and not kept: everything typed, and why. */
export type SentRound = Pick<Refused, 'problems' | 'questions'> & {
  day: string
  typed: ReadonlyMap<number, TypedCount>
  /** Questions that were answered already: they are not asked again. */
  answers?: readonly string[]
  /** Why the database could not keep it. */
  trouble?: Trouble
}

/** A page with a round of counts on it, as it stands or as it was sent. */
export type RoundPage = (visit: Visit, sent: SentRound | null) => Promise<ViewAnswer>

/** Registers a page that takes counts at its own address, filters included. */
export function roundRoute(app: Express, path: string, context: Context, page: RoundPage): void {
  app.get(path, async (request, response) => {
    const visit = visitOf(context, request)
    await send(visit, response, await page(visit, null))
  })
  app.post(path, async (request, response) => {
    const visit = visitOf(context, request)
    const switched = inAnotherLanguage(visit, response)
    const answer = switched ? await keepTyping(switched, page) : await takeRound(visit, page)
    await send(switched ?? visit, response, answer)
  })
}

/** The round as it was typed so far; where nothing was, the page itself, with what it said of the last round. */
async function keepTyping(visit: Visit, page: RoundPage): Promise<Answer> {
  const sent = sentIn(visit)
  const isTyped = [...sent.typed.values()].some(
    ({ count, note, reason, keep }) => `${count}${note}${reason}${keep}` !== '',
  )
  return isTyped || sent.day !== visit.today ? page(visit, sent) : { redirect: visit.request.originalUrl }
}

let actions: Promise<typeof import('../../actions/readings.ts')> | undefined

/** Read with the first round that is sent, and not looked for again: that takes longer than a check of a count. */
function enterActions() {
  actions ??= import('../../actions/readings.ts')
  return actions
}

async function takeRound(visit: Visit, page: RoundPage): Promise<Answer> {
  const sent = sentIn(visit)
  const answers = [bodyOf(visit.request).answers ?? []].flat().map(String)
  try {
    refuseNoteAlone(sent.typed)
    const { recordReadings } = await enterActions()
    const input = { day: sent.day, counts: toInput(sent.typed), answers }
    const recorded = await recordReadings(visit.context, input)
    const [first] = recorded
    const typed = Object.values(input.counts).filter(({ count }) => count.trim() !== '').length
    const same = typed - recorded.length
    if (!first) return { redirect: addressWith(visit, typed > 0 ? 'same' : 'nothing', 0) }
    return { redirect: addressWith(visit, String(first.revision), same) }
  } catch (error) {
    const refused = refusedParts(error)
    if (!refused) throw await notKept(visit, error, trouble => comeBack({ trouble }))
    const nobody = refused.problems?.find(({ code }) => code === 'reading.no_residual')
    if (nobody) throw new NotFound('residual', String(nobody.values?.id))
    const answer = await comeBack(refused)
    const isOvertaken = refused.questions?.some(({ code }) => code === 'reading.changed_meanwhile')
    return { ...answer, status: isOvertaken ? 409 : statusOf(error) }
  }

  async function comeBack(why: Partial<SentRound>): Promise<ViewAnswer> {
    const answer = await page(visit, { ...sent, answers, ...why })
    const isOther = why.trouble !== undefined
    return { ...answer, title: returnedTitle(visit, answer.title, { ...why, isOther }) }
  }
}

function sentIn({ request }: Visit): SentRound {
  const body = bodyOf(request)
  return { day: textOf(body.day), typed: typedCounts(body) }
}

/** Fields are `count-ID`, `note-ID`, `reason-ID`, `seen-ID`, `name-ID` and, after a conflict, `keep-ID`. */
function typedCounts(body: Record<string, unknown>): Map<number, TypedCount> {
  const ids = Object.keys(body).flatMap(name => /^count-(\d{1,15})$/.exec(name)?.[1] ?? [])
  return new Map(
    ids.map(id => {
      const typed = (name: string) => textOf(body[`${name}-${id}`])
      const [count, note, reason] = [typed('count'), typed('note'), typed('reason')]
      return [Number(id), { count, note, reason, seen: typed('seen'), keep: typed('keep') }]
    }),
  )
}

/** Who keeps the other's count enters nothing; who keeps their own has seen the other's. */
function toInput(typed: ReadonlyMap<number, TypedCount>) {
  const counts = [...typed].map(([id, { count, note, reason, seen, keep }]) => {
    const isDropped = keep === 'theirs'
    const before = seenIn(isDropped ? seen : keep || seen)
    return [id, { count: isDropped ? '' : count, note, reason, ...before }] as const
  })
  return Object.fromEntries(counts)
}

/** A note or a reason beside an empty count would be lost without a word. */
function refuseNoteAlone(typed: ReadonlyMap<number, TypedCount>): void {
  const problems = [...typed].flatMap(([id, { count, note, reason, keep }]): Problem[] =>
    keep !== 'theirs' && count.trim() === '' && `${note}${reason}`.trim() !== ''
      ? [{ path: `counts.${id}.count`, code: 'reading.note_alone' }]
      : [],
  )
  if (problems.length > 0) throw new InputRefused(problems)
}

/** The page that the round was sent from, filters kept, saying what was done, and of how many nothing was. */
function addressWith({ request }: Visit, done: string, same: number): string {
  const address = new URL(request.originalUrl, 'http://here')
  address.searchParams.set('done', done)
  address.searchParams.delete('same')
  if (same > 0) address.searchParams.set('same', String(same))
  return `${address.pathname}${address.search}`
}

/** A field that was sent twice is no count: it is refused as it stands, and nothing of it is dropped. */
function textOf(value: unknown): string {
  return [value ?? ''].flat().map(String).join(', ')
}
