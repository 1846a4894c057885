import { type BestChoice, bestSets } from '../../domain/shutdown/best.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { whatIfPath } from '../../http/addresses.ts'
import { sayBlockers } from '../../http/blockers/blocker-words.ts'
import { shutdownFacts } from '../../http/shutdown-facts.ts'
import { changeOf, pairIn, type Wish, wishesIn } from '../../http/what-if-query.ts'
import { sayNumber } from '../../http/words.ts'
import { oncePerRevision } from '../../store/per-revision.ts'
import { monthlyCostWords } from '../services/money-of-services.ts'
import type { Answer, Visit } from '../visit.ts'
import { stampOf } from './stamp.ts'
import { answerOf } from './what-if-answer.ts'
import { choicesOf } from './what-if-choices.ts'

/** More than anybody ticks; an address has to stay short enough to be sent. */
const MOST = 300

/** What would happen if: the address holds the whole question, so that it can be sent to a colleague. */
export async function whatIfPage(visit: Visit): Promise<Answer> {
  const { t, request } = visit
  const facts = await shutdownFacts(visit)
  const { judgement } = facts
  const asked = wishesIn(request.query).slice(0, MOST)
  const { change, unknown } = changeOf(judgement, asked)
  const wishes = asked.filter(wish => !unknown.includes(wish))
  const text = typeof request.query.find === 'string' ? request.query.find.trim().slice(0, 100) : ''
  const it = {
    text,
    isAsked: asked.length > 0,
    unknown: unknown.map(wish => sayUnknown(visit, wish)),
    answer: wishes.length > 0 ? await answerOf(visit, judgement, change, wishes) : null,
    choices: await choicesOf(visit, facts, wishes, text),
    best: await bestRows(visit, judgement),
    stamp: await stampOf(visit),
  }
  return { view: 'shutdown/what-if', title: t('whatIf.title'), section: 'shutdown', it }
}

function sayUnknown({ t }: Visit, { parameter, value }: Wish): string {
  const what = parameter === 'drop' ? (pairIn(value)?.join(' → ') ?? value) : value
  return t(`whatIf.unknown.${parameter}`, { what })
}

const MOST_STEPS = 3
/** Enough for a proof on ordinary estates; where it is not, the page says so rather than make people wait. */
const EFFORT = 1_000_000

/** What to end first, when one, two or three things can be ended; a larger choice that adds nothing is left out. */
async function bestRows(visit: Visit, judgement: Judgement) {
  const { context, today, t, language } = visit
  const choices = await oncePerRevision(context.db, 'best-choices', today, async () =>
    bestSets(judgement, MOST_STEPS, EFFORT),
  )
  const worthwhile = choices.filter(
    (choice, at) => choice.services > 0 && !isSame(choice, at > 0 ? choices[at - 1] : undefined),
  )
  const money = await monthlyCostWords(visit)
  return Promise.all(
    worthwhile.map(async ({ size, blockers: ids, services, cost, isProven }) => {
      const blockers = ids.map(id => judgement.holds.blockers[judgement.holds.numbers.get(id)!]!)
      const said = await sayBlockers(visit, blockers)
      return {
        steps: t('whatIf.best.steps', { count: size }),
        frees: t('whatIf.best.frees', { count: services, number: sayNumber(language, services) }),
        cost: money && cost > 0 ? money(cost) : null,
        proof: t(isProven ? 'whatIf.best.proven' : 'whatIf.best.notProven'),
        blockers: said.map(({ text }) => text),
        href: whatIfPath(ids.map(value => ({ parameter: 'resolve', value }))),
      }
    }),
  )
}

function isSame(choice: BestChoice, other: BestChoice | undefined): boolean {
  return other !== undefined && other.services === choice.services && other.cost === choice.cost
}
