import type { Problem } from '../../domain/problem.ts'
import type { Count } from '../../domain/vocabulary.ts'
import { sayProblem } from '../../http/refusals.ts'
import { sayCount } from '../../http/words.ts'
import type { RoundResidual } from '../../store/round.ts'
import type { Visit } from '../visit.ts'
import type { SentRound } from './round.ts'

/** What has to be answered before the count is kept. A count of somebody else in between is a choice. */
export function askedOf({ t, language }: Visit, { id }: RoundResidual, sent: SentRound | null) {
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
        why: whyAsked(t, language, code, { ...values, ...counts }),
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
  t: Visit['t'],
  language: Visit['language'],
  code: string,
  values: NonNullable<Problem['values']>,
) {
  const why = code.replace('reading.', '')
  if (why === 'next_rises') {
    const next = { count: values.next, qualifier: values.nextQualifier } as Count
    return t('round.why.next_rises', { ...values, next: sayCount(t, language, next) })
  }
  if (!values.laterDay) return t(`round.why.${why}`, values)
  const later = { count: values.later, qualifier: values.laterQualifier } as Count
  return t(why === 'zero' ? 'round.why.zero_earlier' : 'round.why.earlier', {
    why: t(`round.why.${why}`, values),
    later: sayCount(t, language, later),
    day: values.laterDay,
  })
}
