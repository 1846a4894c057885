import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Maturity } from '../domain/forecast/schedule.ts'
import type { Problem } from '../domain/problem.ts'
import type { Trx } from '../store/columns.ts'
import { findReadingBy } from '../store/readings.ts'
import { audited } from './action.ts'
import { optionalText, readInput, requiredDay, requiredText } from './input.ts'
import { addRow, changeOne, getRow } from './keep.ts'
import { readMaturityLines, sumProblem, totalOf } from './maturity-lines.ts'
import { placeOf } from './places.ts'
import { InputRefused } from './refusal.ts'
import { refuseFuture, refuseWithdrawn, withdrawal } from './withdrawals.ts'

const newProfile = z.strictObject({
  day: requiredDay(),
  ends: requiredText(10_000),
  note: optionalText(),
  source: optionalText(),
})

/**
 * Records when the contracts of a residual end, as known on a day. It has to add up to what was counted by then. A newer profile
 * counts in the place of an older one, which stays. Gives the id.
 */
export async function recordProfile(context: Context, residualId: number, input: unknown): Promise<number> {
  const { day, ends: text, note, source } = readInput(newProfile, input)
  return audited(context, 'record-maturity-profile', async (trx, { at, actor, today }) => {
    const residual = await getRow(trx, 'residual', residualId)
    refuseFuture('day', day, today)
    if (residual.closedOn) {
      const values = { day: residual.closedOn }
      throw new InputRefused([{ path: 'day', code: 'reading.residual_closed', values }])
    }
    const { ends, problems } = readMaturityLines(text, day)
    refuse(problems)
    await refuseOtherSum(trx, residualId, day, ends)
    const stamp = { recordedBy: actor, recordedAt: at }
    const profile = { residualId, day, ends: JSON.stringify(ends), note, source, ...stamp }
    const { id, change } = await addRow(trx, 'maturity_profile', profile, await placeOf(trx, residual))
    const said = { note: note ?? undefined, source: source ?? undefined }
    return { result: id, changes: [{ ...change, after: { day, ...summaryOf(ends), ...said } }] }
  })
}

/** Takes a profile back with a reason; the one before it then counts again. */
export async function withdrawProfile(context: Context, id: number, input: unknown) {
  const action = 'withdraw-maturity-profile'
  const change = { action, noun: 'maturity_profile', id, input, schema: withdrawal } as const
  return changeOne(context, change, async (row, { reason }, { today }, trx) => {
    refuseWithdrawn(row)
    const placed = await placeOf(trx, await getRow(trx, 'residual', row.residualId))
    return { values: { withdrawnOn: today, withdrawnReason: reason }, placed: { ...placed, why: reason } }
  })
}

function refuse(problems: readonly Omit<Problem, 'path'>[]): void {
  if (problems.length > 0) throw new InputRefused(problems.map(problem => ({ path: 'ends', ...problem })))
}

async function refuseOtherSum(
  trx: Trx,
  residualId: number,
  day: string,
  ends: readonly Maturity[],
): Promise<void> {
  const wrong = sumProblem(ends, await findReadingBy(trx, residualId, day), day)
  if (!wrong) return
  const path = wrong.code === 'maturity.not_counted' ? 'day' : 'ends'
  throw new InputRefused([{ path, ...wrong }])
}

/** What the history says of a profile; its lines stay with the profile. */
function summaryOf(ends: readonly Maturity[]) {
  const days = ends.flatMap(({ endsOn }) => endsOn ?? [])
  const withoutEnd = ends.find(({ endsOn }) => endsOn === null)?.count
  return { contracts: totalOf(ends), firstEndOn: days[0], lastEndOn: days.at(-1), withoutEnd }
}
