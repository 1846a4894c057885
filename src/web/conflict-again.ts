import type { ChangedMeanwhile } from '../actions/refusal.ts'
import { readId } from '../domain/id.ts'
import { NOUNS, type Noun } from '../store/nouns.ts'
import { findThing } from '../store/places.ts'
import { type CarriedInput, carriedFields, carriedInputs } from './carried-fields.ts'
import { type Conflict, conflictOf } from './conflicts.ts'
import type { Form, Values } from './form.ts'
import { bodyOf, type Visit } from './visit.ts'

/**
 * A form that came back with a conflict has the newer version in it, so it carries what was sent with the older one:
 * `was.NAME`, and `was.found.NAME` of what that had been given with.
 */
export function conflictInputs(
  { fields }: Form,
  { typed, found }: { typed: Values; found: Values },
  { noun, current }: Pick<ChangedMeanwhile, 'noun' | 'current'>,
): CarriedInput[] {
  return [
    { name: 'was-noun', value: noun },
    { name: 'was-id', value: String(current.id) },
    { name: 'was-version', value: String(typed.version) },
    ...carriedInputs(fields, typed, 'was.'),
    ...carriedInputs(fields, found, 'was.found.'),
  ]
}

/** The conflict that the form carries, against what stands there now; null where there was none. */
export async function conflictAgain(
  visit: Visit,
  form: Form,
): Promise<{ conflict: Conflict; carried: CarriedInput[] } | null> {
  const body = bodyOf(visit.request)
  const [noun, id] = [String(body['was-noun']), readId(String(body['was-id']))]
  if (!isKept(noun) || id === null) return null
  const current = await findThing(visit.context.db, noun, id)
  if (!current) return null
  const typed = { ...carriedFields(form.fields, body, 'was.'), version: body['was-version'] }
  const both = { typed, found: carriedFields(form.fields, body, 'was.found.') }
  const changed = { noun, current }
  const { conflict } = await conflictOf(visit, form, both, changed)
  return { conflict, carried: conflictInputs(form, both, changed) }
}

/** The version that somebody decided on: of a form that is only switched to another language, as it was first sent. */
export function versionDecidedOn({ request }: Visit): number {
  const body = bodyOf(request)
  return Number((body.lang && body['was-version']) ?? body.version)
}

function isKept(noun: string): noun is Exclude<Noun, 'reading'> {
  return noun !== 'reading' && Object.hasOwn(NOUNS, noun)
}
