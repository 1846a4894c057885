import { shutdownFacts } from '../../http/shutdown-facts.ts'
import { changeOf, type LeftOut, PARAMETERS, pairIn, wishesIn } from '../../http/what-if-query.ts'
import { sayNumber } from '../../http/words.ts'
import { sayComparedIn } from '../services/money-of-services.ts'
import type { Answer, Visit } from '../visit.ts'
import { stampOf } from './stamp.ts'
import { answerOf } from './what-if-answer.ts'
import { bestFirst } from './what-if-best.ts'
import { type Choice, choicesOf } from './what-if-choices.ts'

/** More than anybody ticks; an address has to stay short enough to be sent. */
const MOST = 300

/** What would happen if: the address holds the whole question, so that it can be sent to a colleague. */
export async function whatIfPage(visit: Visit): Promise<Answer> {
  const { t, request } = visit
  const facts = await shutdownFacts(visit)
  const { judgement } = facts
  const asked = wishesIn(request.query).slice(0, MOST)
  const { change, known: wishes, leftOut } = changeOf(judgement, asked)
  const text = typeof request.query.find === 'string' ? request.query.find.trim().slice(0, 100) : ''
  const choices = await choicesOf(visit, facts, wishes, text)
  const it = {
    text,
    comparedIn: sayComparedIn(visit, facts),
    isAsked: asked.length > 0,
    leftOut: [
      ...leftOut.map(wish => sayLeftOut(visit, wish)),
      ...unknownParameters(request.query).map(what => t('whatIf.unknown.parameter', { what })),
    ],
    asked: askedOf(visit, choices),
    answer: wishes.length > 0 ? await answerOf(visit, facts, change, wishes) : null,
    choices,
    best: { ...(await bestFirst(visit, facts)), note: asked.length > 0 ? t('whatIf.best.asIs') : null },
    stamp: await stampOf(visit),
  }
  return { view: 'shutdown/what-if', title: t('whatIf.title'), section: 'shutdown', it }
}

/** What is ticked, in words: "Re-pointed: a → b". */
function askedOf({ t, language }: Visit, choices: readonly Choice[]) {
  const asked = choices.flatMap(({ name, options }) =>
    options.flatMap(({ label, isChosen }) => (isChosen ? [t(`whatIf.asked.${name}`, { what: label })] : [])),
  )
  const left = asked.length - NAMED
  const more = t('whatIf.more', { count: left, number: sayNumber(language, left) })
  return left > 0 ? [...asked.slice(0, NAMED), more] : asked
}

const NAMED = 12

const OTHERS: readonly string[] = [...PARAMETERS, 'find']

function unknownParameters(query: object): string[] {
  return Object.keys(query)
    .filter(name => !OTHERS.includes(name))
    .map(name => name.slice(0, 50))
    .slice(0, 10)
}

function sayLeftOut({ t }: Visit, { parameter, value, why }: LeftOut): string {
  const what = parameter === 'drop' ? (pairIn(value)?.join(' → ') ?? value) : value
  return t(`whatIf.unknown.${why}`, { what })
}
