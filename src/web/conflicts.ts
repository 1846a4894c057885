import type { ChangedMeanwhile } from '../actions/refusal.ts'
import { listHistory } from '../store/audit-log.ts'
import type { Field, Form, Values } from './form.ts'
import { type HistoryLine, historyLine } from './history/history-lines.ts'
import type { Visit } from './visit.ts'

/** Two people at one thing: the second sees what the first did, both values of every field, and chooses. */
export type Conflict = {
  rows: { label: string; theirs: string; yours: string; isUntouched: boolean }[]
  /** What only the person at the form changed, by the labels of the fields: nothing has to be chosen. */
  onlyYours: string | null
  isChoice: boolean
  /** Why there is nothing left to do, such as that it is closed already. */
  over: string | null
  /** What the other did, as the history tells it. */
  others: HistoryLine[]
}

/** At most so many changes of others; the history has the rest. */
const TOLD = 5

/**
 * `form` was read after the other's change. A field that the person left as they found it takes the other's value,
 * so that saving one's own changes never undoes another's; `typed` comes back with it.
 */
export async function conflictOf(
  visit: Visit,
  form: Form,
  { typed, found }: { typed: Values; found: Values },
  { noun, current }: ChangedMeanwhile,
): Promise<{ conflict: Conflict; kept: Values }> {
  const { t, context } = visit
  const kept: Record<string, unknown> = { ...typed, version: form.version }
  const own: string[] = []
  const rows = form.fields.flatMap(field => {
    const { name } = field
    const theirs = theirsOf(form, field, current)
    if (theirs === undefined || plain(theirs) === plain(typed[name])) return []
    const label = t(`field.${name}`)
    if (name in found && plain(found[name]) === plain(theirs)) {
      own.push(label)
      return []
    }
    const isUntouched = name in found && plain(found[name]) === plain(typed[name])
    if (isUntouched) kept[name] = theirs
    return [{ label, theirs: labelOf(field, theirs), yours: labelOf(field, typed[name]), isUntouched }]
  })
  const missed = Math.min(TOLD, current.version - Number(typed.version))
  const entries =
    missed > 0 ? await listHistory(context.db, { noun, nounId: Number(current.id) }, missed) : []
  const isChoice = rows.some(row => !row.isUntouched)
  const fields = own.join(t('rests.comma'))
  const onlyYours = fields && t(isChoice ? 'conflict.onlyYours' : 'conflict.bothStay', { fields })
  const over = form.instead?.text ?? null
  const others = entries.map(entry => historyLine(visit, entry))
  return { conflict: { rows: over ? [] : rows, onlyYours: onlyYours || null, isChoice, over, others }, kept }
}

/** What the form would show for the field today; undefined where nothing of the thing stands in it. */
function theirsOf({ values }: Form, { name, decides }: Field, current: Values): unknown {
  if (decides) return current[decides.column]
  return name in values ? (values[name] ?? '') : undefined
}

function labelOf({ options, decides }: Field, value: unknown): string {
  const known = decides?.options ?? options
  const labels = [value ?? []].flat().map(one => known?.find(option => option.value === one)?.label ?? one)
  return labels.join(', ')
}

/** Lists in any order, and line breaks of any kind, say the same. */
function plain(value: unknown): string {
  const texts = [value ?? ''].flat().map(one => String(one).replace(/\r\n?/g, '\n').trim())
  return texts.sort().join('\n')
}
