import type { ChangedMeanwhile } from '../actions/refusal.ts'
import { readId } from '../domain/id.ts'
import type { Problem } from '../domain/problem.ts'
import { NOUNS, type Noun } from '../store/nouns.ts'
import { findThing } from '../store/places.ts'
import { type CarriedInput, carriedFields, carriedInputs } from './carried-fields.ts'
import { plain, sidesOf } from './conflict-sides.ts'
import { type Conflict, conflictOf } from './conflicts.ts'
import type { Form, Values } from './form.ts'
import { bodyOf, type Visit } from './visit.ts'

/**
 * A form that came back with a conflict has the newer version in it, so it carries what was sent with the older one:
 * `was.NAME`, and `was.found.NAME` of what that had been given with; and `was-together`, the fields that were left alone
 * and yet have to be chosen, as parts of one value.
 */
export function conflictInputs(
  form: Form,
  { typed, found }: { typed: Values; found: Values },
  { noun, current }: Pick<ChangedMeanwhile, 'noun' | 'current'>,
): CarriedInput[] {
  const together = sidesOf(form, { typed, found }, current).filter(side => side.isContested)
  return [
    { name: 'was-noun', value: noun },
    { name: 'was-id', value: String(current.id) },
    { name: 'was-version', value: String(typed.version) },
    { name: 'was-together', value: together.map(({ field }) => field.name).join() },
    ...carriedInputs(form.fields, typed, 'was.'),
    ...carriedInputs(form.fields, found, 'was.found.'),
  ]
}

type Again = { conflict: Conflict; carried: CarriedInput[]; values: Values }

/**
 * The conflict that the form carries, against what stands there now, and `sent`; null where there was none. Of a field that was
 * refused it is not said that it only has to be saved.
 */
export async function conflictAgain(
  visit: Visit,
  form: Form,
  sent: Values,
  problems: readonly Problem[] = [],
): Promise<Again | null> {
  const body = bodyOf(visit.request)
  const [noun, id] = [String(body['was-noun']), readId(String(body['was-id']))]
  if (!isKept(noun) || id === null) return null
  const current = await findThing(visit.context.db, noun, id)
  if (!current) return null
  const typed: Values = { ...carriedFields(form.fields, body, 'was.'), version: body['was-version'] }
  const both = { typed, found: carriedFields(form.fields, body, 'was.found.') }
  const changed = { noun, current }
  const refused = problems.map(({ path }) => path)
  const { conflict, kept } = await conflictOf(visit, form, both, { ...changed, refused })
  const together = String(body['was-together']).split(',')
  const freed = form.fields.filter(
    ({ name }) => together.includes(name) && plain(sent[name]) === plain(both.typed[name]),
  )
  const values = { ...sent, ...Object.fromEntries(freed.map(({ name }) => [name, kept[name]])) }
  return { conflict, carried: conflictInputs(form, both, changed), values }
}

/** The version that somebody decided on: of a form that is only switched to another language, as it was first sent. */
export function versionDecidedOn({ request }: Visit): number {
  const body = bodyOf(request)
  return Number((body.lang && body['was-version']) ?? body.version)
}

function isKept(noun: string): noun is Exclude<Noun, 'reading'> {
  return noun !== 'reading' && Object.hasOwn(NOUNS, noun)
}
