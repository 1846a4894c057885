import type { Problem } from '../../domain/problem.ts'
import { isDigitShort } from '../../domain/reading-questions.ts'
import type { Count, Status } from '../../domain/vocabulary.ts'
import { inOneLine, sayCount } from '../../http/words.ts'
import type { RoundResidual } from '../../store/round.ts'
import type { Visit } from '../visit.ts'
import type { SentRound } from './round.ts'

/** What has to be answered before the count is kept; a count of somebody else in between is a choice of its own. */
export function questionsOf(visit: Visit, residual: RoundResidual, sent: SentRound | null) {
  const { id, systemStatus, latestId } = residual
  const { t, language } = visit
  // What stands beside the field needs no name, and nothing needs it twice.
  const named = new Set<unknown>([latestId])
  return (sent?.questions ?? [])
    .filter(({ path, code }) => path === `counts.${id}.count` && code !== 'reading.changed_meanwhile')
    .map(({ code, values = {}, answer }) => {
      const from = values.from === '' ? null : { count: values.from, qualifier: values.fromQualifier }
      const to = { count: values.to, qualifier: values.toQualifier }
      const counts = { from: sayCount(t, language, from as never), to: sayCount(t, language, to as never) }
      const why = whyAsked(visit, systemStatus, code, values)
      const isOther = COMPARING.has(code) && from !== null && !named.has(values.reading)
      named.add(values.reading)
      const compared = isOther ? [t('round.why.compared', { from: counts.from, day: values.day })] : []
      return { answer, ...counts, why: inOneLine(language, [...compared, why]) }
    })
}

/** Questions that come of a comparison with another count, and say nothing of its day. */
const COMPARING: ReadonlySet<string> = new Set([
  'reading.rise',
  'reading.jump',
  'reading.below_bound',
  'reading.corrected_up',
])

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
