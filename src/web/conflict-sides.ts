import type { Field, Form, Values } from './form.ts'

/** A field of which something stands in the thing itself, and who of the two changed it. */
export type Side = {
  field: Field
  theirs: unknown
  yours: unknown
  isDifferent: boolean
  isTheirs: boolean
  isYours: boolean
  /** It is part of a value of which each changed something. */
  isContested: boolean
}

export function sidesOf(
  form: Form,
  { typed, found }: { typed: Values; found: Values },
  current: Values,
): Side[] {
  const sides = form.fields.flatMap(field => {
    const theirs = theirsOf(form, field, current)
    if (theirs === undefined) return []
    const yours = typed[field.name]
    const isChanged = (value: unknown) => !(field.name in found) || plain(found[field.name]) !== plain(value)
    const isDifferent = plain(theirs) !== plain(yours)
    return [{ field, theirs, yours, isDifferent, isTheirs: isChanged(theirs), isYours: isChanged(yours) }]
  })
  return sides.map(side => {
    const isContested = isPartOfBoth(side, sides)
    return { ...side, isContested, ...(isContested && { isTheirs: true, isYours: true }) }
  })
}

/** 300 typed as yuan, while the other made it euros: of one value nobody takes a part from each. */
function isPartOfBoth({ field }: Pick<Side, 'field'>, sides: readonly Omit<Side, 'isContested'>[]): boolean {
  const whole = field.oneWith ?? field.name
  const parts = sides.filter(side => [side.field.name, side.field.oneWith].includes(whole))
  if (parts.length === 1) return false
  const isRead = parts.some(side => side.field.name === whole && (side.isTheirs || side.isYours))
  return isRead && parts.some(side => side.isTheirs) && parts.some(side => side.isYours)
}

/** What the form would show for the field today; undefined where nothing of the thing stands in it. */
function theirsOf({ values }: Form, { name, decides }: Field, current: Values): unknown {
  if (decides) return decides.typed?.(current[decides.column]) ?? current[decides.column]
  return name in values ? (values[name] ?? '') : undefined
}

/** Lists in any order, and line breaks of any kind, say the same. */
export function plain(value: unknown): string {
  const texts = [value ?? ''].flat().map(one => String(one).replace(/\r\n?/g, '\n').trim())
  return texts.sort().join('\n')
}
