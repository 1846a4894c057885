import type { Day } from '../../domain/calendar.ts'
import type { Count } from '../../domain/vocabulary.ts'
import { type RoundNow, roundNow } from '../../http/round-now.ts'
import { sayCount, sayName, sayNumber } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { findRoundResiduals, type RoundResidual } from '../../store/round.ts'
import { listNamedChanges } from '../changes-named.ts'
import type { Visit } from '../visit.ts'
import { effectsOf } from './effects.ts'

/** What was just done, as the page says it above everything; null where the address says nothing of it. */
export type Done = {
  heading: string
  changes: string[]
  effects: string[]
  noEffect: string
  /** What is to be known of the effects of a round that is not the last change any more. */
  notes: string[]
}

/** What the address says where nothing was changed; what was, is there as the revision of the change. */
const NOTHING = ['nothing', 'same', 'unchanged'] as const

export function sayNothingDone({ t, request }: Visit): Done | null {
  const word = NOTHING.find(one => one === request.query.done)
  return word ? onlyHeading(t(`done.${word}`)) : null
}

export function onlyHeading(heading: string): Done {
  return { heading, changes: [], effects: [], noEffect: '', notes: [] }
}

export function isRound({ action }: AuditEntry): boolean {
  return action === 'record-readings'
}

/** What the round did that the address names. */
export async function doneOf(visit: Visit): Promise<Done | null> {
  const readings = (await listNamedChanges(visit)).filter(isRound)
  return readings.length > 0 ? sayRound(visit, readings) : sayNothingDone(visit)
}

/** `readings` are the entries of one round. */
export async function sayRound(visit: Visit, readings: readonly AuditEntry[]): Promise<Done> {
  const { t, language, request } = visit
  const { same } = request.query
  const now = await roundNow(visit, readings)
  const { noEffect, notes } = comparedNow(visit, now)
  return {
    heading: t('done.counted', { number: sayNumber(language, readings.length) }),
    changes: [
      ...(await sayReadings(visit, readings)),
      ...(typeof same === 'string' && /^[1-9]\d{0,3}$/.test(same)
        ? [t('done.alsoSame', { count: Number(same) })]
        : []),
    ],
    effects: await effectsOf(visit, now.standing),
    noEffect,
    notes: [...notes, ...(await sayLowBaselines(visit, now.standing))],
  }
}

/** What is counted anew and more than there was to begin with says that this is not known rightly either. */
async function sayLowBaselines(visit: Visit, readings: readonly AuditEntry[]): Promise<string[]> {
  const { t, language } = visit
  const recounts = readings.filter(({ after }) => after && JSON.parse(after).reason === 'recount')
  const residuals = await findRoundResiduals(
    visit.context.db,
    recounts.flatMap(entry => residualOf(entry) ?? []),
  )
  return residuals.flatMap(residual => {
    const { baseline, latest } = residual
    if (baseline === null || !latest || latest.count <= baseline) return []
    const values = { baseline: sayNumber(language, baseline), count: sayCount(t, language, latest) }
    return [t('done.lowBaseline', { name: sayName(language, residual), ...values })]
  })
}

/** Of a round that the register has moved on from it is said with what it is compared; nothing is where none of it stands. */
function comparedNow({ t }: Visit, { standing, overtaken, isRecomputed }: RoundNow) {
  if (overtaken > 0 && standing.length === 0) return { noEffect: t('done.noneStanding'), notes: [] }
  return {
    noEffect: t(isRecomputed ? 'done.noEffectNow' : 'done.noEffect'),
    notes: [
      ...(isRecomputed ? [t('done.recomputed')] : []),
      ...(overtaken > 0 ? [t('done.overtaken', { count: overtaken })] : []),
    ],
  }
}

type Kept = Count & { day: Day }

async function sayReadings(visit: Visit, readings: readonly AuditEntry[]): Promise<string[]> {
  const ids = readings.flatMap(entry => residualOf(entry) ?? [])
  const residuals = await findRoundResiduals(visit.context.db, ids)
  const known = new Map(residuals.map(residual => [residual.id, residual]))
  return readings.map(entry => sayReading(visit, entry, known.get(residualOf(entry) ?? 0)))
}

function residualOf({ before, after }: AuditEntry): number | undefined {
  const text = after ?? before
  return text === null ? undefined : (JSON.parse(text) as { residualId?: number }).residualId
}

/** "账户1.0 / 上海德祐: 968 → 950"; of an earlier day also which, and what is the latest all the same. */
function sayReading(visit: Visit, entry: AuditEntry, residual: RoundResidual | undefined): string {
  const { t, language } = visit
  const [from, to] = [entry.before, entry.after].map(text => (text ? (JSON.parse(text) as Kept) : null))
  const values = {
    label: labelOf(visit, entry, residual),
    from: sayCount(t, language, from ?? null),
    to: sayCount(t, language, to ?? null),
  }
  if (!to) return t('done.withdrew', values)
  const latest = residual?.latest
  const isSame = from?.day === to.day && values.from === values.to
  if (!latest || latest.day <= to.day) return t(isSame ? 'done.sameCount' : 'done.counts', values)
  const still = { latest: sayCount(t, language, latest), latestDay: latest.day }
  const words = isSame ? 'sameCountEarlier' : earlierWords(from, to)
  return t(`done.${words}`, { ...values, day: to.day, fromDay: from?.day, ...still })
}

/** Only a reading of its own day is one that it corrects: another is the one before it. */
function earlierWords(from: Kept | null | undefined, { day }: Kept) {
  if (!from) return 'firstRecordedFor'
  return from.day === day ? 'countsEarlier' : 'recordedFor'
}

/** The history keeps the names of the register; an English answer has the English ones beside them. */
function labelOf({ language }: Visit, { label }: AuditEntry, residual: RoundResidual | undefined): string {
  if (language !== 'en' || !residual) return label
  const { systemName: name, systemNameEn: nameEn } = residual
  return `${sayName(language, { name, nameEn })} / ${sayName(language, residual)}`
}
