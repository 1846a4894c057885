import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { leavesUnknown } from '../domain/lifecycle.ts'
import { type Count, UNITS } from '../domain/vocabulary.ts'
import type { Trx } from '../store/columns.ts'
import { moveTotals } from '../store/days.ts'
import { findResiduals, type ResidualState, refreshSystemTotals } from '../store/residuals.ts'
import { findSystemsById } from '../store/systems.ts'
import { audited } from './action.ts'
import { refuseFuture, refusePast } from './day-checks.ts'
import {
  key,
  oneOf,
  optionalDay,
  optionalDecimal,
  optionalName,
  optionalText,
  optionalWholeNumber,
  readInput,
  requiredDay,
  requiredText,
} from './input.ts'
import { addRow, changeRow, refuseDuplicateKey, refuseOldVersion, versionSeen } from './keep.ts'
import { placeOf } from './places.ts'
import { InputRefused, NotFound } from './refusal.ts'
import { askAboutBaseline, askBeforeClosing, refuseDayAlone, refuseOtherAmount } from './residual-checks.ts'
import { aboutKey, readTogether, refuseTogether } from './told-together.ts'

const describedResidual = {
  key: key(),
  name: requiredText(),
  nameEn: optionalName(),
  unit: oneOf(UNITS),
  segment: optionalName(),
  baseline: optionalWholeNumber(),
  baselineOn: optionalDay(),
  declaredRate: optionalDecimal(),
  declaredRateOn: optionalDay(),
  declaredZeroOn: optionalDay(),
  cadenceDays: optionalWholeNumber(1, 3650),
  note: optionalText(),
  source: optionalText(),
}

const newResidual = z.strictObject(describedResidual)
const editedResidual = z.strictObject({
  ...describedResidual,
  /** The starting amount is changed only by a recount: with a reason. */
  baselineReason: optionalText(),
  answers: z.array(z.string()).default([]),
  ...versionSeen.shape,
})

/** Adds a residual to a system. Until it is counted it is unknown, and holds the system. */
export async function createResidual(context: Context, systemId: number, input: unknown): Promise<number> {
  const taken = aboutKey(input, key => refuseDuplicateKey(context.db, 'residual', key, { systemId }))
  const residual = await readTogether(newResidual, input, taken)
  return audited(context, 'create-residual', async (trx, { today }) => {
    const placed = await placeOf(trx, { systemId, name: residual.name })
    await refuseTogether(
      () => refuseFuture('baselineOn', residual.baselineOn, today),
      () => refuseDayAlone(residual),
      () => refuseFuture('declaredRateOn', residual.declaredRateOn, today),
      () => refusePast('declaredZeroOn', residual.declaredZeroOn, today),
      () => refuseDuplicateKey(trx, 'residual', residual.key, { systemId }),
    )
    const { id, change } = await addRow(
      trx,
      'residual',
      { ...residual, declaredRateOn: dayOfRate(residual, null, today), systemId },
      placed,
    )
    await refreshSystemTotals(trx, systemId)
    return { result: id, changes: [change] }
  })
}

/** Says anew what a residual is. */
export async function editResidual(context: Context, id: number, input: unknown) {
  const { version, baselineReason, answers, ...values } = readInput(editedResidual, input)
  return audited(context, 'edit-residual', async (trx, { today }) => {
    const row = await getResidual(trx, id)
    refuseOldVersion('residual', row, version)
    // What was declared stays as it was said, also once its day has come.
    const declaredZeroOn = values.declaredZeroOn === row.declaredZeroOn ? null : values.declaredZeroOn
    await refuseTogether(
      () => refuseFuture('baselineOn', values.baselineOn, today),
      () => refuseDayAlone(values),
      () => refuseFuture('declaredRateOn', values.declaredRateOn, today),
      () => refusePast('declaredZeroOn', declaredZeroOn, today),
      () => refuseDuplicateKey(trx, 'residual', values.key, { systemId: row.systemId }, row),
      () => refuseOtherAmount(row, { ...values, baselineReason }),
    )
    askAboutBaseline(row, { ...values, answers })
    const placed = { ...(await placeOf(trx, { ...row, name: values.name })), why: baselineReason }
    const declaredRateOn = dayOfRate(values, row.declaredRate, today)
    const change = await changeRow(trx, 'residual', row, version, { ...values, declaredRateOn }, placed)
    await refreshSystemTotals(trx, row.systemId)
    return { result: row, changes: change ? [change] : [] }
  })
}

/** A rate that is new and comes without a day is declared today. */
function dayOfRate(
  { declaredRate, declaredRateOn }: Pick<ResidualState, 'declaredRate' | 'declaredRateOn'>,
  before: number | null,
  today: Day,
): Day | null {
  if (declaredRate === null) return null
  return declaredRateOn ?? (declaredRate === before ? null : today)
}

const closedResidual = z.strictObject({
  on: requiredDay(),
  reason: requiredText(4000),
  answers: z.array(z.string()).default([]),
  ...versionSeen.shape,
})

/**
 * Closes a residual: it no longer counts, and its record stays. One that is not known to be zero is asked back,
 * because closing it lifts a blocker that no count has lifted; and the last open one, because closing it lifts none.
 */
export async function closeResidual(context: Context, id: number, input: unknown) {
  const { version, on, reason, answers } = readInput(closedResidual, input)
  return audited(context, 'close-residual', async (trx, { today }) => {
    const residual = await getResidual(trx, id)
    refuseOldVersion('residual', residual, version)
    if (residual.closedOn)
      throw new InputRefused([
        { path: 'on', code: 'residual.already_closed', values: { day: residual.closedOn } },
      ])
    refuseFuture('on', on, today)
    if (residual.latest && on < residual.latest.day) {
      throw new InputRefused([
        { path: 'on', code: 'residual.closed_before_reading', values: { day: residual.latest.day } },
      ])
    }
    const [system] = await findSystemsById(trx, [residual.systemId])
    askBeforeClosing(residual, { isLast: leavesUnknown(system!), answers })
    return endOrResume(trx, residual, version, {
      values: { closedOn: on, closedReason: reason },
      why: reason,
      move: { day: on, from: residual.latest ?? undefined, to: undefined },
    })
  })
}

const reopenedResidual = z.strictObject({ reason: requiredText(4000), ...versionSeen.shape })

/** Opens a closed residual again, at its last count. */
export async function reopenResidual(context: Context, id: number, input: unknown) {
  const { version, reason } = readInput(reopenedResidual, input)
  return audited(context, 'reopen-residual', async trx => {
    const residual = await getResidual(trx, id)
    refuseOldVersion('residual', residual, version)
    if (!residual.closedOn) throw new InputRefused([{ path: 'reason', code: 'residual.not_closed' }])
    return endOrResume(trx, residual, version, {
      values: { closedOn: null, closedReason: null },
      why: reason,
      move: { day: residual.closedOn, from: undefined, to: residual.latest ?? undefined },
    })
  })
}

type Turn = {
  values: Pick<ResidualState, 'closedOn' | 'closedReason'>
  why: string
  /** On that day the residual leaves the totals with its last count, or comes back with it. */
  move: { day: string; from: Count | undefined; to: Count | undefined }
}

async function endOrResume(trx: Trx, residual: ResidualState, version: number, { values, why, move }: Turn) {
  const { systemId } = residual
  const { label } = await placeOf(trx, residual)
  const change = await changeRow(trx, 'residual', residual, version, values, { label, systemId, why })
  await moveTotals(trx, residual, { ...move, next: null, readings: 0 })
  await refreshSystemTotals(trx, systemId)
  return { result: residual, changes: change ? [change] : [] }
}

async function getResidual(trx: Trx, id: number): Promise<ResidualState> {
  const [residual] = await findResiduals(trx, [id])
  if (!residual) throw new NotFound('residual', id)
  return residual
}
