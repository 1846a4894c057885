import type { Translate } from '../http/languages.ts'
import type { Noun } from '../store/nouns.ts'
import type { RestsOn } from './rests-on.ts'
import type { Section } from './visit.ts'

/** One field of a form. Its label is `field.NAME`; codes are labelled `LABELS.CODE`. */
export type Field = {
  name: string
  kind: 'text' | 'long' | 'lines' | 'day' | 'count' | 'choice' | 'many'
  isRequired?: boolean
  /** Key of a sentence of help. */
  hint?: string
  /** What a choice offers. */
  options?: readonly Option[]
  /** What a text field suggests. */
  list?: readonly Option[]
  /** The column that the field decides, where that has another name, how its codes are called, and how it would be typed. */
  decides?: { column: string; options?: readonly Option[]; typed?: (value: unknown) => string }
  /** The field that says how this one is read, or that this one says it of: an amount and its currency are one value. */
  oneWith?: string
}
export type Option = { value: string; label: string }
export type Values = Readonly<Record<string, unknown>>

/** What a choice between the codes of a closed set offers. */
export function codes(t: Translate, labels: string, set: readonly string[]): Option[] {
  return set.map(value => ({ value, label: t(`${labels}.${value}`) }))
}

/** A form that is shown, sent to its own address, and shown again with everything typed when it is refused. */
export type Form = {
  heading: string
  /** What the form is about, in a sentence under the heading. */
  about?: string
  /** What to know before deciding, a sentence each. */
  notes?: readonly (string | Note)[]
  /** What has to be done before, in that order. */
  steps?: readonly string[]
  /** What it rests on that this can be done, said under a heading of its own. */
  rests?: RestsOn | null
  submit: string
  /** What the button says once something was asked back, where that is not “save”. */
  confirm?: string
  /** Where to go back to without a change. */
  back: string
  section?: Section
  fields: readonly Field[]
  values: Values
  version?: number
  /** A new one in the place of another: the version is the id of the one in force. */
  takesPlace?: true
  act: (typed: Record<string, unknown>) => Promise<string>
  /** Why there is nothing to fill in: it cannot be done as things stand. */
  instead?: Instead
}

/** With a step that may be taken first; `isWeak` is a caution. */
export type Note = { text: string; isWeak: boolean; next: { text: string; href: string } | null }

/** What stands in the place of a form, and where to go from there. */
export type Instead = {
  text: string
  ways?: readonly { text: string; href: string }[]
  /** What was changed last so that nothing is left to do. */
  changed?: { noun: Noun; id: number }
}
