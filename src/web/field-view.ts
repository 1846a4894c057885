import { parseDay } from '../domain/calendar.ts'
import type { Translate } from '../http/languages.ts'
import type { Field, Option, Values } from './form.ts'

/** A field as its view writes it, with what was typed and what is wrong with it. */
export function toFieldView(
  t: Translate,
  field: Field,
  values: Values,
  errors: readonly { path: string; text: string }[],
) {
  const value = values[field.name] ?? ''
  const id = `f-${field.name}`
  const chosen = [value].flat().map(String)
  const own = errors.filter(({ path }) => path === field.name || path.startsWith(`${field.name}.`))
  const type = field.kind === 'day' && isPlainDay(value) ? 'date' : 'text'
  const isTypedDay = field.kind === 'day' && type === 'text'
  const hints = [...(field.hint ? [t(field.hint)] : []), ...(isTypedDay ? [t('form.dayFormat')] : [])]
  return {
    ...field,
    id,
    label: t(`field.${field.name}`),
    hint: hints.join(' ') || null,
    value,
    type,
    // An empty field that was refused is one that has to be filled in as things stand.
    isOptional: !field.isRequired && !(own.length > 0 && value === ''),
    options: optionsOf(field, chosen)?.map(option => ({
      ...option,
      isChosen: chosen.includes(option.value),
    })),
    error: own.map(({ text }) => text).join('\n'),
    describedBy: [hints.length > 0 ? `${id}-hint` : '', own.length > 0 ? `${id}-error` : ''].join(' ').trim(),
  }
}

/** A box that was ticked and is not offered any more stays ticked, beside the reason why it is refused. */
function optionsOf({ kind, options }: Field, chosen: readonly string[]): readonly Option[] | undefined {
  if (kind !== 'many') return options
  const offered = new Set(options?.map(({ value }) => value))
  const others = chosen.filter(value => value !== '' && !offered.has(value))
  return [...(options ?? []), ...others.map(value => ({ value, label: value }))]
}

/** What a date field of a browser can hold; it would swallow anything else that was typed. */
export function isPlainDay(value: unknown): boolean {
  return value === '' || parseDay(String(value)) !== null
}
