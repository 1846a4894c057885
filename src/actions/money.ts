import { z } from 'zod'
import type { Context } from '../context.ts'
import { COST_KINDS } from '../domain/vocabulary.ts'
import type { Trx } from '../store/columns.ts'
import { findSameCost, findSameSaving } from '../store/money.ts'
import type { CostRow } from '../store/nouns.ts'
import { audited } from './action.ts'
import { askAboutCurrency } from './currency-question.ts'
import { fen, oneOf, optionalDay, optionalDecimal, optionalFen, optionalText, readInput } from './input.ts'
import { addRow, changeOne, type Decision, versionSeen } from './keep.ts'
import { type Owner, ownerOf, placeOf } from './places.ts'
import { InputRefused, NeedsConfirmation } from './refusal.ts'
import { refuseWithdrawn } from './withdrawals.ts'

/** Currencies of two decimals; sums are never made across them. */
export const CURRENCIES = ['CNY', 'USD', 'EUR', 'HKD'] as const

const describedCost = {
  kind: oneOf(COST_KINDS),
  amountFen: fen(),
  currency: oneOf(CURRENCIES),
  /** Empty: since always. */
  fromOn: optionalDay(),
  note: optionalText(),
  source: optionalText(),
}
const newCost = z.strictObject({ ...describedCost, answers: z.array(z.string()).default([]) })
const editedCost = z.strictObject({
  ...describedCost,
  answers: z.array(z.string()).default([]),
  ...versionSeen.shape,
})

/** Records what a system or a service costs every month from a day on. */
export async function createCost(context: Context, owner: Owner, input: unknown): Promise<number> {
  const { answers, ...cost } = readInput(newCost, input)
  return audited(context, 'create-cost', async trx => {
    await askBeforeReplacing(trx, owner, cost, answers)
    await askAboutCurrency(trx, owner, cost, answers)
    const { id, change } = await addRow(trx, 'monthly_cost', { ...owner, ...cost }, await placeOf(trx, owner))
    return { result: id, changes: [change] }
  })
}

type NewCost = { kind: CostRow['kind']; fromOn: string | null; amountFen: number; currency: string }

/** Two entries of one kind from one day: the later would silently take the place of the first, or only repeat it. */
async function askBeforeReplacing(trx: Trx, owner: Owner, cost: NewCost, answers: readonly string[]) {
  const same = await findSameCost(trx, owner, cost)
  if (!same) return
  const answer = `cost.same_day:${same.id}:${cost.amountFen}:${cost.currency}`
  const isSame = same.amountFen === cost.amountFen && same.currency === cost.currency
  if (!isSame && answers.includes(answer)) return
  const values = {
    knownFen: same.amountFen,
    knownCurrency: same.currency,
    typedFen: cost.amountFen,
    typedCurrency: cost.currency,
  }
  if (isSame) throw new InputRefused([{ path: 'amountFen', code: 'cost.same', values }])
  throw new NeedsConfirmation([{ path: 'amountFen', code: 'cost.same_day', values, answer }])
}

export async function editCost(context: Context, id: number, input: unknown) {
  const change = { action: 'edit-cost', noun: 'monthly_cost', id, input, schema: editedCost } as const
  return changeOne(context, change, async (row, { version, answers, ...values }, _moment, trx) => {
    refuseWithdrawn(row)
    const isMoved = values.kind !== row.kind || values.fromOn !== row.fromOn
    if (isMoved) await refuseTakenDay(trx, row, values)
    if (isMoved || values.currency !== row.currency || row.amountFen === 0)
      await askAboutCurrency(trx, ownerOf(row), { ...values, id: row.id }, answers)
    return { values, placed: await placeOf(trx, row), ...ofOneCurrency(row, values) }
  })
}

type Amount = { amountFen: number | null; currency: string | null }

/** An amount that changes without its currency is told with it: 100 of what became 12.99? */
function ofOneCurrency(
  row: Amount,
  { amountFen, currency }: Amount,
): Pick<Decision<'monthly_cost'>, 'beside'> {
  if (amountFen === row.amountFen || currency !== row.currency) return {}
  return { beside: { before: { currency }, after: { currency } } }
}

/** Moved onto the day of another entry of its kind, an older entry would be lost behind that one. */
async function refuseTakenDay(trx: Trx, row: CostRow, moved: NewCost): Promise<void> {
  const same = await findSameCost(trx, ownerOf(row), moved)
  if (!same || same.id === row.id) return
  const values = { knownFen: same.amountFen, knownCurrency: same.currency }
  throw new InputRefused([{ path: 'fromOn', code: 'cost.taken_day', values }])
}

const describedSaving = {
  kind: oneOf(COST_KINDS),
  amountFen: optionalFen(),
  currency: oneOf(CURRENCIES),
  personMonths: optionalDecimal(100_000),
  note: optionalText(),
  source: optionalText(),
}
const newSaving = z.strictObject({ ...describedSaving, answers: z.array(z.string()).default([]) })
const editedSaving = z.strictObject({ ...describedSaving, ...versionSeen.shape })

/** Records what somebody expects a system's end to save every month: money, or person-months. */
export async function createExpectedSaving(
  context: Context,
  systemId: number,
  input: unknown,
): Promise<number> {
  const { answers, ...typed } = readInput(newSaving, input)
  const saving = inOneUnit(typed)
  return audited(context, 'create-expected-saving', async trx => {
    await askBeforeRepeating(trx, systemId, saving, answers)
    const { id, change } = await addRow(
      trx,
      'expected_saving',
      { systemId, ...saving },
      await placeOf(trx, { systemId }),
    )
    return { result: id, changes: [change] }
  })
}

/** Savings add up, so one that was entered twice would be promised twice. */
async function askBeforeRepeating(
  trx: Trx,
  systemId: number,
  saving: Saving,
  answers: readonly string[],
): Promise<void> {
  const same = await findSameSaving(trx, systemId, saving)
  const answer = `saving.same:${same?.id}`
  if (!same || answers.includes(answer)) return
  const path = saving.personMonths === null ? 'amountFen' : 'personMonths'
  throw new NeedsConfirmation([{ path, code: 'saving.same', answer }])
}

export async function editExpectedSaving(context: Context, id: number, input: unknown) {
  const change = {
    action: 'edit-expected-saving',
    noun: 'expected_saving',
    id,
    input,
    schema: editedSaving,
  } as const
  return changeOne(context, change, async (row, { version, ...values }, _moment, trx) => {
    refuseWithdrawn(row)
    const saving = inOneUnit(values)
    return { values: saving, placed: await placeOf(trx, row), ...ofOneCurrency(row, saving) }
  })
}

type Saving = Amount & { kind: CostRow['kind']; personMonths: number | null }

function inOneUnit<T extends Saving>(saving: T): T {
  const { kind, amountFen, personMonths } = saving
  if (amountFen === null && personMonths === null)
    throw new InputRefused([{ path: 'amountFen', code: 'saving.no_amount' }])
  if (amountFen !== null && personMonths !== null)
    throw new InputRefused([{ path: 'amountFen', code: 'saving.one_unit' }])
  if (personMonths !== null && kind !== 'people')
    throw new InputRefused([{ path: 'personMonths', code: 'saving.people_alone' }])
  return saving.amountFen === null ? { ...saving, currency: null } : saving
}
