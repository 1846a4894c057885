import type { Problem } from '../../domain/problem.ts'
import { closedProblem } from '../../domain/readings.ts'
import { sayProblem } from '../../http/refusals.ts'
import { inOneLine } from '../../http/words.ts'
import type { RoundResidual } from '../../store/round.ts'
import type { Visit } from '../visit.ts'
import type { SentRound } from './round.ts'

/** Why a count is not kept as it was sent. That its residual was closed meanwhile is told beside whatever else is wrong. */
export function sayRefused(visit: Visit, residual: RoundResidual, sent: SentRound | null): string {
  const path = `counts.${residual.id}.`
  const own = (sent?.problems ?? []).filter(problem => problem.path.startsWith(path))
  const typed = sent?.typed.get(residual.id)
  const isMeant = typed !== undefined && typed.keep !== 'theirs' && typed.count.trim() !== ''
  const closed = isMeant ? closedProblem(residual) : null
  const all = closed && !own.some(({ code }) => code === closed.code) ? [...own, closed] : own
  return inOneLine(
    visit.language,
    all.map(problem => sayAtField(visit, problem)),
  )
}

/** What is wrong with the note or the reason is told beside the count, by its name. */
function sayAtField({ t, language }: Visit, problem: Problem): string {
  const text = sayProblem(t, language, problem)
  const field = problem.path.split('.').at(-1)
  return field === 'note' || field === 'reason'
    ? t('form.atField', { field: t(`field.${field}`), text })
    : text
}
