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
 * The conflict that the form carries, of what stands there now and of what was `sent` since; null where there was none. Of a
 * field that was refused it is not said that it only has to be saved.
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
  const together = String(body['was-together']).split(',')
  const given = carriedFields(form.fields, body, 'found.')
  const { found, seen } = foundBy(both, { given, sent, together })
  const refused = problems.map(({ path }) => path)
  const now = { typed: { ...sent, version: typed.version }, found }
  const { conflict, kept } = await conflictOf(visit, form, now, { ...changed, refused, seen })
  const freed = together.filter(name => plain(sent[name]) === plain(both.typed[name]))
  const values = { ...sent, ...only(freed, kept) }
  return { conflict, carried: conflictInputs(form, both, changed), values }
}

type Since = { given: Values; sent: Values; together: readonly string[] }

/**
 * What the person found, now that they saw what the other did: a value that was put into the form for them and stands there yet
 * is `seen` and left alone, whatever else they sent is their own, also what there was before the other's change.
 */
function foundBy({ typed, found }: { typed: Values; found: Values }, { given, sent, together }: Since) {
  const changed = Object.keys(found).filter(name => plain(found[name]) !== plain(given[name]))
  const left = changed.filter(name => plain(found[name]) === plain(typed[name]))
  const isAsLeft = (name: string) =>
    plain(sent[name]) === plain((together.includes(name) ? typed : given)[name])
  const alone = left.filter(isAsLeft)
  const seen = alone.filter(name => !together.includes(name))
  const kept = Object.keys(found).filter(name => !changed.includes(name) || alone.includes(name))
  return { found: { ...only(kept, found), ...only(seen, given) }, seen }
}

function only(names: readonly string[], values: Values): Values {
  return Object.fromEntries(names.filter(name => name in values).map(name => [name, values[name]]))
}

/** The version that somebody decided on: of a form that is only switched to another language, as it was first sent. */
export function versionDecidedOn({ request }: Visit): number {
  const body = bodyOf(request)
  return Number((body.lang && body['was-version']) ?? body.version)
}

function isKept(noun: string): noun is Exclude<Noun, 'reading'> {
  return noun !== 'reading' && Object.hasOwn(NOUNS, noun)
}
