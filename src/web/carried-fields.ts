import type { Field, Form, Values } from './form.ts'

/** What a form carries unseen beside its fields, a field's value as `PREFIX.NAME`. */
export type CarriedInput = { name: string; value: string }

/** A changed form carries what it was given with, as `found.NAME`: what the person left alone is not their choice. */
export function foundInputs({ fields }: Form, found: Values): CarriedInput[] {
  return carriedInputs(
    fields.filter(({ decides }) => !decides),
    found,
    'found.',
  )
}

/** A list begins with an empty one, so that one of nothing is carried too. */
export function carriedInputs(fields: readonly Field[], values: Values, prefix: string): CarriedInput[] {
  return fields.flatMap(({ name, kind }) => {
    if (!(name in values)) return []
    const carried = kind === 'many' ? ['', ...[values[name] ?? []].flat()] : [values[name] ?? '']
    return carried.map(value => ({ name: `${prefix}${name}`, value: String(value) }))
  })
}

export function carriedFields(
  fields: readonly Field[],
  body: Record<string, unknown>,
  prefix: string,
): Record<string, unknown> {
  const sent = fields.filter(({ name }) => body[`${prefix}${name}`] !== undefined)
  return Object.fromEntries(
    sent.map(({ name, kind }) => {
      const value = body[`${prefix}${name}`]
      return [name, kind === 'many' ? [value].flat().filter(one => one !== '') : value]
    }),
  )
}
