import type { Day } from '../../domain/calendar.ts'
import type { Count } from '../../domain/vocabulary.ts'
import { roundNow } from '../../http/round-now.ts'
import { sayCount, sayName, sayNumber } from '../../http/words.ts'
import { type AuditEntry, listChangesOf } from '../../store/audit-log.ts'
import { findRoundResiduals } from '../../store/round.ts'
import { forecastEffectsOf } from '../forecast/forecast-effects.ts'
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

/** What forms put into the address (`?done=saved`); a round of counts puts its revision there. */
const WORDS = [
  'nothing',
  'same',
  'added',
  'saved',
  'recorded',
  'moved',
  'closed',
  'reopened',
  'withdrawn',
  'waived',
  'confirmed',
  'off',
  'on',
] as const

export async function doneOf(visit: Visit): Promise<Done | null> {
  const { t, language, request, context } = visit
  const { done, same } = request.query
  const word = WORDS.find(one => one === done)
  if (word) return { heading: t(`done.${word}`), changes: [], effects: [], noEffect: '', notes: [] }
  if (typeof done !== 'string' || !/^[1-9]\d{0,14}$/.test(done)) return null
  const entries = await listChangesOf(context.db, Number(done))
  const readings = entries.filter(({ noun }) => noun === 'reading')
  if (readings.length === 0) return null
  const { standing, overtaken, isRecomputed } = await roundNow(visit, readings)
  return {
    heading: t('done.counted', { number: sayNumber(language, readings.length) }),
    changes: [
      ...(await sayReadings(visit, readings)),
      ...(typeof same === 'string' && /^[1-9]\d{0,3}$/.test(same)
        ? [t('done.alsoSame', { count: Number(same) })]
        : []),
    ],
    effects: [...(await effectsOf(visit, standing)), ...(await forecastEffectsOf(visit, standing))],
    noEffect: t(isRecomputed ? 'done.noEffectNow' : 'done.noEffect'),
    notes: [
      ...(isRecomputed ? [t('done.recomputed')] : []),
      ...(overtaken > 0 ? [t('done.overtaken', { count: overtaken })] : []),
    ],
  }
}

type Kept = Count & { day: Day }

/** The history keeps the names of the register; an English answer has the English ones beside them. */
async function sayReadings(visit: Visit, readings: readonly AuditEntry[]): Promise<string[]> {
  const { context, language } = visit
  const ids = language === 'en' ? readings.flatMap(entry => residualOf(entry) ?? []) : []
  const residuals = ids.length > 0 ? await findRoundResiduals(context.db, ids) : []
  const labels = new Map(
    residuals.map(({ id, systemName, systemNameEn, ...residual }) => [
      id,
      `${sayName(language, { name: systemName, nameEn: systemNameEn })} / ${sayName(language, residual)}`,
    ]),
  )
  return readings.map(entry => sayReading(visit, entry, labels.get(residualOf(entry) ?? 0) ?? entry.label))
}

function residualOf({ before, after }: AuditEntry): number | undefined {
  const text = after ?? before
  return text === null ? undefined : (JSON.parse(text) as { residualId?: number }).residualId
}

/** "账户1.0 / 上海德祐: 968 → 950" */
function sayReading({ t, language }: Visit, { before, after }: AuditEntry, label: string): string {
  const [from, to] = [before, after].map(text => (text ? (JSON.parse(text) as Kept) : null))
  const values = { label, from: sayCount(t, language, from ?? null), to: sayCount(t, language, to ?? null) }
  return t(to ? 'done.counts' : 'done.withdrew', values)
}
