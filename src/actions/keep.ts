import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Change } from '../store/audit-log.ts'
import {
  type Columns,
  type Db,
  findIdByKey,
  findKeyAlike,
  findRow,
  insertRow,
  type KeyScope,
  type Trx,
  updateRow,
} from '../store/columns.ts'
import { NOUNS, type Noun, type NounRow } from '../store/nouns.ts'
import { findRenamed } from '../store/renamed.ts'
import type { Tables } from '../store/schema.ts'
import { audited, type Moment } from './action.ts'
import { readInput, wholeNumber } from './input.ts'
import { ChangedMeanwhile, InputRefused, NotFound } from './refusal.ts'

/** What every thing of the register has in common: it is added, changed under its version, and both are logged. */

/** Every noun that carries a version; a reading is never changed. */
export type KeptNoun = Exclude<Noun, 'reading'>
type Kept<N extends KeptNoun> = NounRow<N> & { id: number; version: number }
export type Placed = Pick<Change, 'label' | 'systemId' | 'serviceId'>

/** The version that the person saw when they decided. */
export const versionSeen = z.object({ version: wholeNumber(1, 2_000_000_000) })

export async function addRow<N extends KeptNoun>(
  trx: Trx,
  noun: N,
  values: Partial<NounRow<N>>,
  placed: Placed,
): Promise<{ id: number; change: Change }> {
  const id = await insertRow(trx, columns(noun), values)
  return { id, change: { noun, id, ...placed, after: withoutEmpty(values) } }
}

export async function getRow<N extends KeptNoun>(db: Db, noun: N, id: number): Promise<Kept<N>> {
  const row = await findRow(db, columns(noun), id)
  if (!row) throw new NotFound(noun, id)
  return row
}

type Beside = { before: object; after: object }

/**
 * Changes a row from the version that the person saw, and says what changed; null when nothing did. `beside` is what
 * changed with it elsewhere, so that it makes a new version too. Throws ChangedMeanwhile when somebody was faster.
 */
export async function changeRow<N extends KeptNoun>(
  trx: Trx,
  noun: N,
  row: Kept<N>,
  version: number,
  values: Partial<NounRow<N>>,
  placed: Placed & { why?: string | null },
  beside: Beside = { before: {}, after: {} },
): Promise<Change | null> {
  refuseOldVersion(noun, row, version)
  const own = difference(row, values)
  const before = { ...own.before, ...beside.before }
  const after = { ...own.after, ...beside.after }
  if (Object.keys(after).length === 0) return null
  const isChanged = await updateRow(trx, columns(noun), { id: row.id, version }, values)
  if (!isChanged) throw new ChangedMeanwhile(noun, await getRow(trx, noun, row.id))
  return { noun, id: row.id, ...placed, before, after }
}

/** To be asked before anything else: whoever decided on an old version should see the new one, not why it fails. */
export function refuseOldVersion<N extends KeptNoun>(noun: N, row: Kept<N>, version: number): void {
  if (row.version !== version) throw new ChangedMeanwhile(noun, row)
}

/**
 * One verb on one thing: reads the input, finds the row, lets `decide` say what changes (or refuse), writes and
 * logs it. Gives the row as it was.
 */
export async function changeOne<N extends KeptNoun, I extends { version: number }>(
  context: Context,
  {
    action,
    noun,
    id,
    input,
    schema,
  }: { action: string; noun: N; id: number; input: unknown; schema: z.ZodType<I> },
  decide: (row: Kept<N>, input: I, moment: Moment, trx: Trx) => Promise<Decision<N>> | Decision<N>,
): Promise<Kept<N>> {
  const read = readInput(schema, input)
  return audited(context, action, async (trx, moment) => {
    const row = await getRow(trx, noun, id)
    refuseOldVersion(noun, row, read.version)
    const { values, placed, beside, also = [] } = await decide(row, read, moment, trx)
    const change = await changeRow(trx, noun, row, read.version, values, placed, beside)
    return { result: row, changes: change ? [change, ...also] : also }
  })
}

export type Decision<N extends KeptNoun> = {
  values: Partial<NounRow<N>>
  placed: Placed & { why?: string | null }
  beside?: Beside
  /** What it changed elsewhere, already written. */
  also?: Change[]
}

/**
 * Refuses a key that another row of the same place has already, or has but for case or width: the two would be taken for each
 * other. A row that keeps its key keeps it, whatever stands beside it.
 */
export async function refuseDuplicateKey(
  db: Db,
  noun: 'system' | 'service' | 'residual' | 'gate',
  key: string,
  scope: KeyScope = {},
  own?: { id: number; key: string },
): Promise<void> {
  if (own?.key === key) return
  const values = { key }
  if ((await findIdByKey(db, columns(noun), key, scope)) !== undefined)
    throw new InputRefused([{ path: 'key', code: 'input.duplicate_key', values }])
  const other = await findKeyAlike(db, columns(noun), key, { ownId: own?.id, scope })
  if (other) throw new InputRefused([{ path: 'key', code: 'input.similar_key', values: { key, other } }])
}

/** Refuses a key that another page has or had: a former key still leads to its page. */
export async function refuseTakenKey(
  db: Db,
  noun: 'system' | 'service',
  key: string,
  own?: { id: number; key: string },
): Promise<void> {
  if (own?.key === key) return
  await refuseDuplicateKey(db, noun, key, {}, own)
  const renamed = await findRenamed(db, noun, key)
  if (!renamed || renamed.id === own?.id) return
  throw new InputRefused([{ path: 'key', code: 'input.former_key', values: { key, other: renamed.key } }])
}

/** The fields of `values` that differ from the row, as they were and as they become. */
function difference(row: object, values: object) {
  const old = row as Record<string, unknown>
  const changed = Object.entries(values).filter(([name, value]) => value !== undefined && old[name] !== value)
  return {
    before: Object.fromEntries(changed.map(([name]) => [name, old[name]])),
    after: Object.fromEntries(changed),
  }
}

function withoutEmpty(values: object): object {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  )
}

function columns<N extends Noun>(noun: N) {
  return NOUNS[noun] as unknown as Columns<keyof Tables, NounRow<N>>
}
