import type { Problem } from '../../domain/problem.ts'
import { isDigitShort } from '../../domain/reading-questions.ts'
import type { Count, Status } from '../../domain/vocabulary.ts'
import { sayProblem } from '../../http/refusals.ts'
import { inOneLine, sayCount } from '../../http/words.ts'
import type { RoundResidual } from '../../store/round.ts'
import type { Visit } from '../visit.ts'
import type { SentRound } from './round.ts'

/** What has to be answered before the count is kept. A count of somebody else in between is a choice. */
export function askedOf(visit: Visit, { id, systemStatus }: RoundResidual, sent: SentRound | null) {
  const { t, language } = visit
  const said = (sent?.questions ?? [])
    .filter(question => question.path === `counts.${id}.count`)
    .map(({ code, values = {}, answer }) => {
      const from = values.from === '' ? null : { count: values.from, qualifier: values.fromQualifier }
      const to = { count: values.to, qualifier: values.toQualifier }
      const counts = { from: sayCount(t, language, from as never), to: sayCount(t, language, to as never) }
      return {
        code,
        answer,
        ...counts,
        /** The reading that the person has now seen. */
        reading: String(values.reading ?? 0),
        why: whyAsked(visit, systemStatus, code, values),
        text: sayProblem(t, language, { path: '', code, values }),
      }
    })
  const overtaken = said.find(({ code }) => code === 'reading.changed_meanwhile')
  return {
    questions: said.filter(question => question !== overtaken),
    conflict: overtaken ? { ...overtaken, name: `keep-${id}`, mine: overtaken.reading } : null,
  }
}

/** Why it is asked; before a later count, that the later one goes on counting. */
function whyAsked(
  { t, language }: Visit,
  status: Status,
  code: string,
  values: NonNullable<Problem['values']>,
): string {
  const count = (name: string) => ({ count: values[name], qualifier: values[`${name}Qualifier`] }) as Count
  const said = { ...values }
  for (const name of ['from', 'to', 'next', 'later'])
    if (values[`${name}Qualifier`]) said[name] = sayCount(t, language, count(name))
  const why = code.replace('reading.', '')
  const own = t(`round.why.${status === 'retired' && HOLDING.has(why) ? `${why}_retired` : why}`, said)
  if (why === 'next_rises')
    return inOneLine(language, [
      own,
      ...(isDigitShort(count('to'), count('next')) ? [t('round.why.digit', said)] : []),
    ])
  if (!values.laterDay) return own
  const isLifting = why === 'zero' && status !== 'retired'
  return t(isLifting ? 'round.why.zero_earlier' : 'round.why.earlier', {
    why: own,
    later: said.later,
    day: values.laterDay,
  })
}

/** Reasons that tell of a leak or of what is held: of a retired system neither is so. */
const HOLDING: ReadonlySet<string> = new Set(['rise', 'next_rises', 'zero', 'zero_unsure', 'nearly_zero'])
