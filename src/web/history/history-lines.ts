import type { Day } from '../../domain/calendar.ts'
import type { Count } from '../../domain/vocabulary.ts'
import type { Language, Translate } from '../../http/languages.ts'
import { sayCount, sayMonthly, sayName, sayNumber } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { findSystemsByKey } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

/** One change as people read it: old beside new, who, when, why. */
export type HistoryLine = {
  at: string
  when: string
  actor: string
  action: string
  label: string
  fields: { label: string; before: string | null; after: string | null }[]
  why: string | null
}

export async function historyLines(visit: Visit, entries: readonly AuditEntry[]): Promise<HistoryLine[]> {
  const nameOf = await namesIn(visit, entries)
  return entries.map(entry => historyLine(visit, entry, nameOf))
}

type NameOf = (key: string) => string

/** The history keeps keys where a service says which systems it serves; one that was renamed since is told by what it was. */
async function namesIn({ context, language }: Visit, entries: readonly AuditEntry[]): Promise<NameOf> {
  const keys = entries.flatMap(({ noun, before, after }) =>
    noun === 'service'
      ? [before, after].flatMap(text => (JSON.parse(text ?? '{}') as { systems?: string[] }).systems ?? [])
      : [],
  )
  const systems = await findSystemsByKey(context.db, [...new Set(keys)])
  const names = new Map(systems.map(system => [system.key, sayName(language, system)]))
  return key => names.get(key) ?? key
}

function historyLine({ t, language, context }: Visit, entry: AuditEntry, nameOf: NameOf): HistoryLine {
  const before = entry.before ? (JSON.parse(entry.before) as Record<string, unknown>) : {}
  const after = entry.after ? (JSON.parse(entry.after) as Record<string, unknown>) : {}
  const when = localTime(entry.at, context.config.TIME_ZONE)
  const beside = { ...before, ...after }
  const place = { t, language, noun: entry.noun, on: when.slice(0, 10), beside, nameOf }
  const fields =
    entry.noun === 'reading'
      ? readingFields(t, language, before, after)
      : plainFields(place, before, after, entry.why)
  return {
    at: entry.at,
    when,
    actor: entry.actor,
    action: t(`action.${entry.action}`),
    label: entry.label,
    fields,
    why: after.overrideReason === entry.why ? null : sayWhy(t, entry),
  }
}

/** What stands beside a count is a note: why it changed is a field of its own. */
function sayWhy(t: Translate, { action, why }: AuditEntry): string | null {
  if (!why) return null
  return action === 'record-readings' ? t('history.note', { note: why }) : t('history.why', { why })
}

/** "2026-03-31 09:05" in the zone of the register. */
export function localTime(at: string, zone: string): string {
  const time = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  return `${time.toPlainDate()} ${time.toPlainTime().toString({ smallestUnit: 'minute' })}`
}

type Values = Record<string, unknown>

/** A reading is one value: the count with its qualifier, as of a day. Nothing after it means that it was withdrawn. */
function readingFields(t: Translate, language: Language, before: Values, after: Values) {
  const say = (reading: Values) =>
    reading.count === undefined ? null : `${sayCount(t, language, reading as Count)} (${reading.day})`
  return [
    { label: t('field.count'), before: say(before), after: say(after) ?? t('history.readingWithdrawn') },
    ...reasonFields(t, before, after),
  ]
}

/** Why it changed, where somebody said so. Only of a count of the same day is it the reason that stood before. */
function reasonFields(t: Translate, before: Values, after: Values) {
  const say = ({ reason }: Values) => (reason ? t(`reason.${reason}`) : null)
  const from = before.day === after.day ? say(before) : null
  const to = say(after)
  if (from === null && to === null) return []
  return [{ label: t('round.reason'), before: from === to ? null : from, after: to }]
}

/** Columns that people know by other things; what they say is in the label already. */
export const HIDDEN_FIELDS = new Set([
  'systemId',
  'serviceId',
  'providerId',
  'consumerId',
  'statusBeforeHold',
  'fromStatus',
  'toStatus',
  'trialId',
  'dependencyId',
  'externalConsumerId',
  'residualId',
  'recordedBy',
  'recordedAt',
])

/** Where the reason of a change is kept too; a code, or a name, may read the same as a reason and is none. */
const REASON_FIELDS = /^(?!override).*Reason$|^(evidence|note)$/

function plainFields(place: Place, before: Values, after: Values, why: string | null) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    name =>
      !HIDDEN_FIELDS.has(name) &&
      // A currency that stays is kept beside its amount, and said with it.
      !(name === 'currency' && before.currency === after.currency) &&
      // The reason of a change is told with it; that it overrides a rule, only its field says.
      !(why !== null && after[name] === why && REASON_FIELDS.test(name)),
  )
  return names.map(name => ({
    label: place.t(`field.${name}`),
    before: sayValue(place, name, before[name]),
    after: sayValue(place, name, after[name]),
  }))
}

/** Which fields hold codes, and where their labels are; `kind` and `role` mean other things in other nouns. */
const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  system: { status: 'status', role: 'systemRole' },
  residual: { unit: 'unit' },
  gate: { kind: 'gateKind', state: 'gate' },
  service: { role: 'serviceRole', state: 'serviceState' },
  dependency: { strength: 'strength', needs: 'needs' },
  external_consumer: { strength: 'strength', needs: 'needs' },
  monthly_cost: { kind: 'costKind' },
  expected_saving: { kind: 'costKind' },
  event: { kind: 'eventKind' },
}

/** `on` is the day of the change. */
type Place = { t: Translate; language: Language; noun: string; on: Day; beside: Values; nameOf: NameOf }

function sayValue(
  { t, language, noun, on, beside, nameOf }: Place,
  name: string,
  value: unknown,
): string | null {
  if (value === null || value === undefined || value === '') return null
  if (name === 'amountFen')
    return sayMonthly(t, language, [{ fen: Number(value), currency: String(beside.currency ?? '') }])
  // What lay ahead when it was entered was a plan, whatever has become of it.
  if (noun === 'event' && name === 'day' && String(value) > on) return t('event.plannedOf', { title: value })
  const labels = LABELS[noun]?.[name]
  if (labels) return t(`${labels}.${value}`)
  if (typeof value === 'number') return sayNumber(language, value)
  return Array.isArray(value) ? value.map(String).map(nameOf).join(', ') : String(value)
}
