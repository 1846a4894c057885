import { z } from 'zod'
import type { Context } from '../context.ts'
import { NEEDS, STRENGTHS } from '../domain/landscape.ts'
import type { Problem } from '../domain/problem.ts'
import type { Db, Trx } from '../store/columns.ts'
import type { Dependency, ExternalUse, Service } from '../store/nouns.ts'
import { findKeyMeant } from '../store/renamed.ts'
import { findService } from '../store/services.ts'
import { findSameDependency, findSameExternal } from '../store/uses.ts'
import { audited, type Moment } from './action.ts'
import { futureProblems, pastProblems } from './day-checks.ts'
import {
  key,
  oneOf,
  optionalDay,
  optionalName,
  optionalText,
  optionalWholeNumber,
  readInput,
  requiredText,
} from './input.ts'
import { addRow, changeOne, versionSeen } from './keep.ts'
import { reopenConfirmation } from './no-consumers.ts'
import { placeOf } from './places.ts'
import { InputRefused } from './refusal.ts'
import { refuseWithdrawn } from './withdrawals.ts'

/** The two kinds of use: by a service of the estate, and by a consumer outside it. */
export type UseNoun = 'dependency' | 'external_consumer'

const describedUse = {
  strength: oneOf(STRENGTHS),
  needs: oneOf(NEEDS),
  declaredOn: optionalDay(),
  declaredBy: optionalName(),
  lastSeenOn: optionalDay(),
  quietDays: optionalWholeNumber(1, 3650),
  untilOn: optionalDay(),
  note: optionalText(),
  source: optionalText(),
}
const newDependency = z.strictObject({ consumer: key(), provider: key(), ...describedUse })
const newExternal = z.strictObject({ name: requiredText(), provider: key(), ...describedUse })
const editedUse = z.strictObject({ ...describedUse, ...versionSeen.shape })

/** Records that one service uses another. */
export async function createDependency(context: Context, input: unknown): Promise<number> {
  const { consumer, provider, ...use } = await readUse(context, newDependency, input)
  return audited(context, 'create-dependency', async (trx, moment) => {
    const [from, to] = [await findByKey(trx, consumer), await findByKey(trx, provider)]
    const problems = [
      ...(from ? [] : [unknownService('consumer', consumer)]),
      ...(to ? [] : [unknownService('provider', provider)]),
      ...(from && to ? await problemsOfPair(trx, from, to, use.source) : []),
      ...evidenceProblems(use, moment),
      ...untilProblems(use, moment),
    ]
    if (problems.length > 0 || !from || !to) throw new InputRefused(problems)
    const placed = { label: `${from.key} → ${to.key}`, serviceId: to.id }
    const { id, change } = await addRow(
      trx,
      'dependency',
      { ...use, consumerId: from.id, providerId: to.id },
      placed,
    )
    return { result: id, changes: [change, ...(await reopenConfirmation(trx, to.id, placed.label))] }
  })
}

/** Records that somebody outside the estate uses a service. */
export async function createExternal(context: Context, input: unknown): Promise<number> {
  const { provider, ...use } = await readUse(context, newExternal, input)
  return audited(context, 'create-external-consumer', async (trx, moment) => {
    const to = await findByKey(trx, provider)
    const problems = [
      ...(to ? await problemsOfOutsider(trx, to, use) : [unknownService('provider', provider)]),
      ...evidenceProblems(use, moment),
      ...untilProblems(use, moment),
    ]
    if (problems.length > 0 || !to) throw new InputRefused(problems)
    const placed = { label: `${use.name} → ${to.key}`, serviceId: to.id }
    const { id, change } = await addRow(trx, 'external_consumer', { ...use, providerId: to.id }, placed)
    return { result: id, changes: [change, ...(await reopenConfirmation(trx, to.id, placed.label))] }
  })
}

/** Changes how a use stands: its evidence, its strength, the day of its planned re-pointing. Its two ends stay. */
export async function editUse(context: Context, noun: UseNoun, id: number, input: unknown) {
  const change = { action: 'edit-use', noun, id, input, schema: editedUse } as const
  return changeOne(context, change, async (row, { version, ...values }, moment, trx) => {
    refuseWithdrawn(row)
    const problems = [...evidenceProblems(values, moment), ...untilProblems(values, moment, row.untilOn)]
    if (problems.length > 0) throw new InputRefused(problems)
    const placed = await placeOf(trx, row)
    const isNews = isMoreUsed(row, values, context.config.QUIET_DAYS)
    const also = isNews ? await reopenConfirmation(trx, row.providerId, placed.label) : []
    return { values, placed, also }
  })
}

type Evidence = Pick<Dependency, 'strength' | 'declaredOn' | 'lastSeenOn' | 'quietDays'>

/** Whether an edit tells of a use what a confirmation that nobody calls could not know. */
function isMoreUsed(before: Evidence, after: Evidence, usualQuiet: number): boolean {
  return (
    (after.strength === 'hard' && before.strength === 'soft') ||
    (after.declaredOn !== null && after.declaredOn !== before.declaredOn) ||
    (after.lastSeenOn ?? '') > (before.lastSeenOn ?? '') ||
    (after.quietDays ?? usualQuiet) > (before.quietDays ?? usualQuiet)
  )
}

/** Reads a new use. What is wrong with its fields is told together with the services that nobody knows. */
async function readUse<T>({ db }: Context, schema: z.ZodType<T>, input: unknown): Promise<T> {
  try {
    return readInput(schema, input)
  } catch (refused) {
    if (!(refused instanceof InputRefused)) throw refused
    throw new InputRefused([...refused.problems, ...(await unknownEnds(db, input))])
  }
}

/** An end that is missing or no key is refused as such. */
const ENDS = z.object({ consumer: key().catch(''), provider: key().catch('') })

async function unknownEnds(db: Db, input: unknown): Promise<Problem[]> {
  const ends = Object.entries(ENDS.safeParse(input).data ?? {})
  const known = await Promise.all(ends.map(([, key]) => (key ? findByKey(db, key) : null)))
  return ends.flatMap(([path, key], at) => (known[at] === undefined ? [unknownService(path, key)] : []))
}

async function problemsOfPair(
  trx: Trx,
  from: Service,
  to: Service,
  source: string | null,
): Promise<Problem[]> {
  if (from.id === to.id) return [{ path: 'provider', code: 'use.onto_itself', values: { key: to.key } }]
  const same = await findSameDependency(trx, from.id, to.id, source)
  return same ? [{ path: 'provider', code: 'use.already_there' }] : []
}

async function problemsOfOutsider(
  trx: Trx,
  to: Service,
  { name, source }: Pick<ExternalUse, 'name' | 'source'>,
): Promise<Problem[]> {
  const same = await findSameExternal(trx, name, to.id, source)
  return same ? [{ path: 'name', code: 'use.already_there' }] : []
}

/**
 * A use that nobody declared and nobody saw is no evidence: it would hold nothing and hide the silence. Who declared it
 * says nothing without the day.
 */
function evidenceProblems(
  { declaredOn, declaredBy, lastSeenOn }: Record<'declaredOn' | 'declaredBy' | 'lastSeenOn', string | null>,
  { today }: Moment,
): Problem[] {
  if (!declaredOn && !lastSeenOn) return [{ path: 'declaredOn', code: 'use.no_evidence' }]
  if (declaredBy && !declaredOn) return [{ path: 'declaredOn', code: 'use.declared_when' }]
  return Object.entries({ declaredOn, lastSeenOn }).flatMap(([path, day]) => futureProblems(path, day, today))
}

/** A re-pointing is planned for a day ahead; one that has come since stays as it is, and is overdue. */
function untilProblems(
  { untilOn }: { untilOn: string | null },
  { today }: Moment,
  kept: string | null = null,
): Problem[] {
  return untilOn === kept ? [] : pastProblems('untilOn', untilOn, today)
}

/** By the key it has or had, in whatever case. Throws InputRefused at the field where the key was typed. */
export async function getServiceByKey(trx: Trx, path: string, key: string): Promise<Service> {
  const service = await findByKey(trx, key)
  if (!service) throw new InputRefused([unknownService(path, key)])
  return service
}

function unknownService(path: string, key: string): Problem {
  return { path, code: 'input.unknown_service', values: { key } }
}

async function findByKey(db: Db, key: string): Promise<Service | undefined> {
  const service = await findService(db, key)
  if (service) return service
  const other = await findKeyMeant(db, 'service', key)
  return other === undefined ? undefined : findService(db, other)
}
