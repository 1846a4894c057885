import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { gateStanding, isWaived } from '../domain/gates.ts'
import { isTrace } from '../domain/vocabulary.ts'
import { refusePast } from './day-checks.ts'
import { requiredDay, requiredText } from './input.ts'
import { changeOne, versionSeen } from './keep.ts'
import { placeOf } from './places.ts'
import { InputRefused } from './refusal.ts'

/** Things that can be taken back when they should not have been there. */
const WITHDRAWABLE = [
  'gate',
  'dependency',
  'external_consumer',
  'monthly_cost',
  'expected_saving',
  'event',
] as const
export type WithdrawableNoun = (typeof WITHDRAWABLE)[number]

export const withdrawal = z.strictObject({ reason: requiredText(4000), ...versionSeen.shape })

/** Takes a thing back with a reason: it counts no more, and its record stays. */
export async function withdraw(context: Context, noun: WithdrawableNoun, id: number, input: unknown) {
  const change = { action: `withdraw-${noun.replace('_', '-')}`, noun, id, input, schema: withdrawal }
  return changeOne(context, change, async (row, { reason }, { today }, trx) => {
    refuseWithdrawn(row)
    if ('toStatus' in row && isTrace(row.kind))
      throw new InputRefused([{ path: 'reason', code: 'event.trace' }])
    const values = { withdrawnOn: today, withdrawnReason: reason }
    return { values, placed: { ...(await placeOf(trx, row)), why: reason } }
  })
}

const WAIVABLE = ['gate', 'dependency', 'external_consumer'] as const
export type WaivableNoun = (typeof WAIVABLE)[number]

const waiver = z.strictObject({
  waivedBy: requiredText(),
  waiverReason: requiredText(4000),
  waivedUntil: requiredDay(),
  ...versionSeen.shape,
})

/** What is proven needs no waiver, and what a new fact contradicts has lost it. */
export const NOT_WAIVED = { waivedOn: null, waivedBy: null, waivedUntil: null, waiverReason: null }

/** Lets a gate pass or a use not count, although it is there: by whom, why, and until when. */
export async function waive(context: Context, noun: WaivableNoun, id: number, input: unknown) {
  const change = { action: `waive-${noun.replace('_', '-')}`, noun, id, input, schema: waiver }
  return changeOne(context, change, async (row, { waivedBy, waiverReason, waivedUntil }, { today }, trx) => {
    refuseWithdrawn(row)
    if ('evidence' in row && gateStanding(row, today) === 'closed')
      throw new InputRefused([{ path: 'waivedUntil', code: 'gate.already_closed' }])
    refusePast('waivedUntil', waivedUntil, today)
    const values = { waivedOn: today, waivedBy, waiverReason, waivedUntil }
    return { values, placed: { ...(await placeOf(trx, row)), why: waiverReason } }
  })
}

const endedWaiver = z.strictObject({ reason: requiredText(4000), ...versionSeen.shape })

export type UseNoun = Exclude<WaivableNoun, 'gate'>

/** Ends the waiver of a use before its day, so that the use counts again; that of a gate ends as the gate is opened again. */
export async function endWaiver(context: Context, noun: UseNoun, id: number, input: unknown) {
  const action = `end-waiver-${noun.replace('_', '-')}`
  const change = { action, noun, id, input, schema: endedWaiver }
  return changeOne(context, change, async (row, { reason }, { today }, trx) => {
    refuseWithdrawn(row)
    if (!isWaived(row, today)) throw new InputRefused([{ path: 'reason', code: 'use.not_waived' }])
    return { values: NOT_WAIVED, placed: { ...(await placeOf(trx, row)), why: reason } }
  })
}

export function refuseWithdrawn(row: { withdrawnOn: Day | null }): void {
  if (!row.withdrawnOn) return
  throw new InputRefused([{ path: 'reason', code: 'input.withdrawn', values: { day: row.withdrawnOn } }])
}
