import { type DateRecord, verdictOf } from '../../domain/forecast/record.ts'
import { inOneLine, sayNumber } from '../../http/words.ts'
import type { ForecastRecord } from '../../store/forecast-record.ts'
import type { Visit } from '../visit.ts'

/** How many of the dates held, and whether that is good; then the same of the other date. */
export function sayRecord(visit: Visit, record: ForecastRecord): string[] {
  const { p50, p85, told } = record
  if (p50.judged === 0 && p85.judged === 0) return [visit.t('record.nothingDue')]
  const other = told === 'p50' ? 'p85' : 'p50'
  return [
    sayHeld(visit, told, record[told]),
    sayCondition(visit, record),
    sayHeld(visit, other, record[other]),
  ]
}

/** Why fewer should hold than the name of the date says, and that the same residuals are forecast again and again. */
function sayCondition({ t, language }: Visit, { told, widening, ...record }: ForecastRecord): string {
  return t('record.condition', {
    date: t(`record.date.${told}`),
    judged: sayNumber(language, record[told].judged),
    count: widening.residuals,
    residuals: sayNumber(language, widening.residuals),
  })
}

function sayHeld({ t, language }: Visit, date: 'p50' | 'p85', record: DateRecord): string {
  const { judged, held, expected } = record
  const named = t(`record.date.${date}`)
  if (judged === 0) return t('record.noneDue', { date: named })
  const said = t('record.held', {
    count: judged,
    judged: sayNumber(language, judged),
    held: sayNumber(language, held),
    expected: sayNumber(language, Math.round(expected)),
    date: named,
  })
  return inOneLine(language, [said, t(`record.verdict.${verdictOf(record)}`)])
}

/** By method and by owner; what was expected is rounded so that each adds up to what is said of all. */
export function groupRows({ t, language }: Visit, { groups }: ForecastRecord) {
  const sums = { method: 0, owner: 0 }
  return groups.map(({ by, name, record: { judged, held, expected } }) => {
    const before = Math.round(sums[by])
    sums[by] += expected
    return {
      by: t(`record.by.${by}`),
      name: by === 'method' ? sayMethod(t, name) : name || t('record.nobody'),
      judged: sayNumber(language, judged),
      held: sayNumber(language, held),
      expected: sayNumber(language, Math.round(sums[by]) - before),
    }
  })
}

const METHODS = ['log-normal-1', 'log-normal-1+contract-ends'] as const

/** Other installations may have kept forecasts of methods that have no name here. */
function sayMethod(t: Visit['t'], name: string): string {
  const known = METHODS.find(method => method === name)
  return known ? t(`record.method.${known}`) : name
}
