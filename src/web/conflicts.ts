import type { ChangedMeanwhile } from '../actions/refusal.ts'
import type { Language } from '../http/languages.ts'
import { sayNumber } from '../http/words.ts'
import { listHistory } from '../store/audit-log.ts'
import { type Side, sidesOf } from './conflict-sides.ts'
import type { Field, Form, Values } from './form.ts'
import { type HistoryLine, historyLines } from './history/history-lines.ts'
import type { Visit } from './visit.ts'

/** Two people at one thing: the second sees what the first did, both values of every field, and chooses. */
export type Conflict = {
  rows: { label: string; theirs: string; yours: string; isUntouched: boolean }[]
  /** What only the person at the form changed, by the labels of the fields: nothing has to be chosen. */
  onlyYours: string | null
  /** What is one value and was changed by both in part. */
  together: string | null
  isChoice: boolean
  /** Why there is nothing left to do, such as that it is closed already. */
  over: string | null
  /** What the other did, as the history tells it. */
  others: HistoryLine[]
}

/** At most so many changes of others; the history has the rest. */
const TOLD = 5

/** `refused` are the fields that cannot be saved as they were sent since, `seen` those that came with the other's value. */
type Met = Pick<ChangedMeanwhile, 'noun' | 'current'> & {
  refused?: readonly string[]
  seen?: readonly string[]
}

/**
 * `form` was read after the other's change. A field that the person left as they found it takes the other's value,
 * so that saving one's own changes never undoes another's; `typed` comes back with it.
 */
export async function conflictOf(
  visit: Visit,
  form: Form,
  { typed, found }: { typed: Values; found: Values },
  { noun, current, refused = [], seen = [] }: Met,
): Promise<{ conflict: Conflict; kept: Values }> {
  const { t, context, language } = visit
  const kept: Record<string, unknown> = { ...typed, version: form.version }
  const sides = sidesOf(form, { typed, found }, current)
  const own = sides.filter(
    ({ isDifferent, isTheirs, field }) => isDifferent && !isTheirs && !refused.includes(field.name),
  )
  const rows = sides.flatMap(({ field, theirs, yours, isDifferent, isTheirs, isYours }) => {
    const isSeen = seen.includes(field.name)
    if (!isSeen && !(isDifferent && isTheirs)) return []
    if (!isYours) kept[field.name] = theirs
    const [label, isUntouched] = [t(`field.${field.name}`), !isYours]
    return [
      {
        label,
        theirs: labelOf(language, field, theirs),
        yours: labelOf(language, field, yours),
        isUntouched,
      },
    ]
  })
  const missed = Math.min(TOLD, current.version - (form.takesPlace ? 0 : Number(typed.version)))
  const entries =
    missed > 0 ? await listHistory(context.db, { noun, nounId: Number(current.id) }, missed) : []
  const isChoice = rows.some(row => !row.isUntouched)
  const named = (some: readonly Side[]) =>
    some.map(({ field }) => t(`field.${field.name}`)).join(t('rests.comma'))
  const fields = named(own)
  const contested = sides.filter(side => side.isDifferent && side.isContested)
  const onlyYours = fields && t(isChoice ? 'conflict.onlyYours' : 'conflict.bothStay', { fields })
  const over = form.instead?.text ?? null
  const others = await historyLines(visit, entries)
  const together = contested.length > 1 ? t('conflict.together', { fields: named(contested) }) : null
  const told = { rows: over ? [] : rows, onlyYours: onlyYours || null, together, isChoice, over, others }
  return { conflict: told, kept }
}

function labelOf(language: Language, { kind, options, decides }: Field, value: unknown): string {
  if (kind === 'count') return asRead(language, String(value ?? ''))
  const known = decides?.options ?? options
  const labels = [value ?? []].flat().map(one => known?.find(option => option.value === one)?.label ?? one)
  return labels.join(', ')
}

/** A number with the separators that it has on pages, its decimals as they were typed. */
function asRead(language: Language, text: string): string {
  if (!/^\d{1,15}(\.\d+)?$/.test(text)) return text
  return text.replace(/^\d+/, digits => sayNumber(language, Number(digits)))
}
