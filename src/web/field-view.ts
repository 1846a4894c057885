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
  return {
    ...field,
    id,
    label: t(`field.${field.name}`),
    hint: field.hint ? t(field.hint) : null,
    value,
    type: field.kind === 'day' && own.length === 0 && isPlainDay(value) ? 'date' : 'text',
    options: optionsOf(field, chosen)?.map(option => ({
      ...option,
      isChosen: chosen.includes(option.value),
    })),
    error: own.map(({ text }) => text).join('\n'),
    describedBy: [field.hint ? `${id}-hint` : '', own.length > 0 ? `${id}-error` : ''].join(' ').trim(),
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
  return value === '' || /^\d{4}-\d{2}-\d{2}$/.test(String(value))
}
