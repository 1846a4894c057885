import { type Maturity, totalOf } from '../../domain/forecast/schedule.ts'
import { inOneLine, sayNumber } from '../../http/words.ts'
import type { RecordedProfile } from '../../store/maturity.ts'
import type { RoundResidual } from '../../store/round.ts'
import { localTime } from '../history/history-lines.ts'
import type { Visit } from '../visit.ts'
import { residualPath } from './residual-forms.ts'

/** When the contracts of a residual end: the profile in force line by line, and all that were given before it. */
export function maturityOf(
  visit: Visit,
  { id, closedOn }: RoundResidual,
  profiles: readonly RecordedProfile[],
) {
  const inForce = profiles.find(({ withdrawnOn }) => !withdrawnOn) ?? null
  return {
    add: closedOn ? null : `${residualPath(id)}/maturity/new`,
    inForce: inForce && { ...profileLine(visit, inForce), rows: rowsOf(visit, inForce) },
    earlier: profiles.filter(one => one !== inForce).map(one => profileLine(visit, one)),
  }
}

function profileLine({ t, language, context }: Visit, profile: RecordedProfile) {
  const { id, day, ends, note, source, recordedBy, recordedAt, withdrawnOn, withdrawnReason } = profile
  const total = totalOf(ends)
  const asOf = [
    t('maturity.asOf', { day }),
    t('maturity.total', { count: total, number: sayNumber(language, total) }),
  ]
  return {
    asOf: inOneLine(language, asOf),
    whole: inOneLine(language, [...asOf, ...sayLastEnd({ t, language }, ends)]),
    said: [note, source].filter(text => text !== null),
    by: recordedBy,
    at: localTime(recordedAt, context.config.TIME_ZONE),
    gone: withdrawnOn ? t('maturity.withdrawn', { day: withdrawnOn, reason: withdrawnReason }) : null,
    withdraw: withdrawnOn ? null : `/maturity-profiles/${id}/withdraw`,
  }
}

/** When the last one ends; those without an end day are not forgotten beside it. */
function sayLastEnd({ t, language }: Pick<Visit, 't' | 'language'>, ends: readonly Maturity[]) {
  const day = ends.findLast(({ endsOn }) => endsOn !== null)?.endsOn
  if (!day) return []
  const count = totalOf(ends.filter(({ endsOn }) => endsOn === null))
  return [
    count > 0
      ? t('maturity.lastDated', { day, count, number: sayNumber(language, count) })
      : t('maturity.last', { day }),
  ]
}

/** A row for each end day, and how many contracts run beyond it. */
function rowsOf({ t, language, today }: Visit, { ends }: RecordedProfile) {
  let left = totalOf(ends)
  return ends.map(({ endsOn, count }) => {
    left -= endsOn === null ? 0 : count
    return {
      day: endsOn ?? t('maturity.withoutEnd'),
      isPast: endsOn !== null && endsOn <= today,
      count: sayNumber(language, count),
      left: endsOn === null ? '' : sayNumber(language, left),
    }
  })
}
