import type { Config } from '../../config.ts'
import { isCountedOut, isStalled, rateInForce, staleDays } from '../../domain/readings.ts'
import { CHANGE_REASONS } from '../../domain/vocabulary.ts'
import { systemPath } from '../../http/addresses.ts'
import { sayProblem } from '../../http/refusals.ts'
import { asWritten, inOneLine, sayAge, sayCount, sayInUnit, sayName, sayNumber } from '../../http/words.ts'
import type { ResidualState } from '../../store/residuals.ts'
import { findLastEntered, type RoundResidual } from '../../store/round.ts'
import { isPlainDay } from '../field-view.ts'
import { codes } from '../form.ts'
import type { Visit } from '../visit.ts'
import { type Overtaken, overtakenIn } from './overtaken.ts'
import type { SentRound, TypedCount } from './round.ts'
import type { RoundForecast } from './round-forecast.ts'
import { sayRefused } from './round-problems.ts'
import { questionsOf } from './round-questions.ts'
import { seenText } from './seen.ts'

/**
 * The same round of counts on every page that has one, as finished answers. `place` is what each residual is
 * named beside.
 */
export async function toRoundForm(
  visit: Visit,
  residuals: readonly RoundResidual[],
  sent: SentRound | null,
  place: Place,
  forecasts: ReadonlyMap<number, RoundForecast> | null = null,
) {
  const { t, language, today } = visit
  const overtaken = await overtakenIn(visit, residuals, sent)
  const seenUpTo = sent ? null : await findLastEntered(visit.context.db)
  const rows = residuals.map(residual =>
    toRow(visit, residual, { sent, conflict: overtaken.get(residual.id) ?? null, seenUpTo }, place),
  )
  const errors = (sent?.problems ?? [])
    .filter(problem => problem.path === 'day')
    .map(problem => sayProblem(t, language, problem))
  const dayError = inOneLine(language, errors)
  return {
    rows,
    forecasts,
    columns: forecasts ? 4 : 3,
    today,
    day: sent ? sent.day : today,
    dayError,
    dayType: isPlainDay(sent?.day ?? '') ? 'date' : 'text',
    isTyped: sent !== null,
    trouble: sent?.trouble ?? null,
    errors: [
      ...(dayError
        ? [{ id: 'day', text: t('form.atField', { field: t('round.day'), text: dayError }) }]
        : []),
      ...rows
        .filter(row => row.error)
        .map(row => ({ id: row.ids.count, text: t('form.atField', { field: row.name, text: row.error }) })),
    ],
    answers: sent?.answers ?? [],
    isChoice: rows.some(isToChoose),
    asks: rows.flatMap(row => {
      const asked = isToChoose(row) ? row.conflict : row.questions[0]
      const key = isToChoose(row) ? 'round.chosen' : 'round.asked'
      return asked ? [{ id: row.ids.count, text: t(key, { ...asked, name: row.name }) }] : []
    }),
    reasons: codes(t, 'reason', CHANGE_REASONS),
  }
}

/** Where a round stands: over several systems, on the page of one, or on that of a residual, which has its note already. */
type Place = 'with-system' | 'in-system' | 'alone'

const NOTHING_TYPED: TypedCount = { count: '', note: '', reason: '', seen: '', keep: '' }

function isToChoose({ conflict }: { conflict: Overtaken | null }): boolean {
  return conflict !== null && conflict.chosen === null
}

type Asked = { sent: SentRound | null; conflict: Overtaken | null; seenUpTo: number | null }

function toRow(visit: Visit, residual: RoundResidual, { sent, conflict, seenUpTo }: Asked, place: Place) {
  const { t, language, context } = visit
  const { id, systemKey, systemName, systemNameEn } = residual
  const typed = sent?.typed.get(id) ?? NOTHING_TYPED
  const questions = questionsOf(visit, residual, sent)
  const name = sayName(language, residual)
  const system = sayName(language, { name: systemName, nameEn: systemNameEn })
  return {
    id,
    ids: { count: `count-${id}`, note: `note-${id}`, reason: `reason-${id}`, error: `error-${id}` },
    name,
    // Sent along, so that what was typed can be shown by name while the database is away.
    fullName: `${system} / ${name}`,
    label: t('round.countOf', { name }),
    noteLabel: t('round.noteOf', { name }),
    href: `/residuals/${id}`,
    system: place === 'with-system' ? { name: system, href: systemPath(systemKey) } : null,
    facts: saidBeside(visit, residual, place).map(text => asWritten(language, text)),
    last: sayLast(visit, residual),
    ...ageOf(visit, residual, context.config),
    typed,
    seen: sent ? typed.seen : seenText({ seen: residual.latestId ?? 0, seenUpTo }),
    error: sayRefused(visit, residual, sent),
    edit: isStandstillOver(residual) ? `/residuals/${id}/edit` : null,
    conflict,
    questions,
    // A question may ask for the reason of the change: its field is not to be looked for.
    isOpen: `${typed.note}${typed.reason}` !== '' || questions.length > 0,
  }
}

/** "54 orders", "at least 3,000 orders", "never counted". */
export function sayLast(
  { t, language }: Visit,
  { latest, unit }: Pick<ResidualState, 'latest' | 'unit'>,
): string {
  const count = sayCount(t, language, latest)
  const isOne = latest?.count === 1 && latest.qualifier === 'exact'
  return latest ? sayInUnit(t, unit, count, isOne ? 1 : 2) : count
}

/** How old the last count is, and whether it still moves. */
export function ageOf(
  { t, language, today }: Visit,
  { latest, cadenceDays, systemStatus, ...declared }: RoundResidual,
  { CADENCE_DAYS }: Config,
) {
  const isDue = latest !== null && !isCountedOut(latest, systemStatus)
  const late = isDue ? staleDays(latest.day, cadenceDays ?? CADENCE_DAYS, today) : 0
  const isStill = latest !== null && isStalled(latest, declared)
  return {
    isCounted: latest !== null,
    on: latest?.day ?? null,
    age: latest ? sayAge(t, language, latest.day, today) : null,
    stale: late > 0 ? t('round.stale') : null,
    stalled: isStill ? t('round.stalled') : null,
  }
}

/** What whoever counts has to know: that nothing moves, and what was noted, such as "170+ by another list". */
function saidBeside(visit: Visit, residual: RoundResidual, place: Place): string[] {
  if (place === 'alone') return factsOf(visit, residual)
  const said = place === 'in-system' ? factsOf(visit, residual) : sayDeclaredRate(visit, residual)
  return residual.note ? [...said, residual.note] : said
}

/** What somebody said of a residual beside its counts. */
export function factsOf(visit: Visit, residual: RoundResidual): string[] {
  const { t, language } = visit
  const { segment, declaredZeroOn, baseline, baselineOn, cadenceDays } = residual
  const facts: string[] = []
  const number = (value: number) => sayNumber(language, value)
  if (segment) facts.push(t('residual.segment', { segment }))
  facts.push(...sayDeclaredRate(visit, residual))
  if (declaredZeroOn) facts.push(t('residual.declaredZeroOn', { day: declaredZeroOn }))
  if (baseline !== null) {
    const key = baselineOn ? 'residual.baselineOn' : 'residual.baseline'
    facts.push(t(key, { number: number(baseline), day: baselineOn }))
  }
  if (cadenceDays !== null) facts.push(t('residual.cadence', { count: cadenceDays }))
  return facts
}

/** "Declared on 2026-03-31: about 10 a month", or that nothing moves. */
function sayDeclaredRate(visit: Visit, residual: RoundResidual): string[] {
  const { declaredRate, declaredRateOn: day } = residual
  if (declaredRate === null) return []
  if (declaredRate === 0) return [sayStandstill(visit, residual)]
  const number = sayNumber(visit.language, declaredRate)
  return [visit.t(day ? 'residual.declaredRateOn' : 'residual.declaredRate', { number, day })]
}

/** A count that moved has ended the standstill that somebody declared; this is said until that is taken back. */
function sayStandstill({ t }: Visit, residual: RoundResidual): string {
  const key = isStandstillOver(residual) ? 'residual.declaredStillOver' : 'residual.declaredStill'
  const day = residual.declaredRateOn
  return day ? t(`${key}On`, { day }) : t(key)
}

function isStandstillOver(residual: RoundResidual): boolean {
  return residual.declaredRate === 0 && rateInForce(residual.latest, residual) === null
}
