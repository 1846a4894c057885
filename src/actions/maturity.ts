import { z } from 'zod'
import { type Context, today } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { type Maturity, totalOf } from '../domain/forecast/schedule.ts'
import type { Problem } from '../domain/problem.ts'
import type { Trx } from '../store/columns.ts'
import { findProfileInForce, type RecordedProfile } from '../store/maturity.ts'
import { findReadingBy } from '../store/readings.ts'
import { audited } from './action.ts'
import { futureProblems } from './day-checks.ts'
import { optionalText, optionalWholeNumber, readInput, requiredDay, requiredText } from './input.ts'
import { addRow, changeOne, getRow } from './keep.ts'
import { readMaturityLines, sumProblem } from './maturity-lines.ts'
import { placeOf } from './places.ts'
import { ChangedMeanwhile, InputRefused } from './refusal.ts'
import { refuseWithdrawn, withdrawal } from './withdrawals.ts'

const newProfile = z.strictObject({
  day: requiredDay(),
  ends: requiredText(10_000),
  note: optionalText(),
  source: optionalText(),
  /** The profile that the person saw in force, by its id; 0 where there was none. */
  version: optionalWholeNumber(),
})

/**
 * Records when the contracts of a residual end, as known on a day. It has to add up to what was counted by then. A newer profile
 * counts in the place of an older one, which stays. What is in force already is not recorded twice. Gives the id. Throws
 * ChangedMeanwhile when another one came into force than the person saw.
 */
export async function recordProfile(context: Context, residualId: number, input: unknown): Promise<number> {
  const { day, ends, note, source, version } = readProfile(input, today(context))
  return audited(context, 'record-maturity-profile', async (trx, { at, actor }) => {
    const residual = await getRow(trx, 'residual', residualId)
    if (residual.closedOn) {
      const values = { day: residual.closedOn }
      throw new InputRefused([{ path: 'day', code: 'reading.residual_closed', values }])
    }
    const inForce = await findProfileInForce(trx, residualId)
    const said = { day, ends, note, source }
    if (inForce && isSame(inForce, said)) return { result: inForce.id, changes: [] }
    const problems = await sumProblems(trx, residualId, day, ends)
    if (inForce && version !== null && version < inForce.id) {
      const current = await getRow(trx, 'maturity_profile', inForce.id)
      throw new ChangedMeanwhile('maturity_profile', current, problems)
    }
    if (problems.length > 0) throw new InputRefused(problems)
    const stamp = { recordedBy: actor, recordedAt: at }
    const profile = { residualId, ...said, ends: JSON.stringify(ends), ...stamp }
    const { id, change } = await addRow(trx, 'maturity_profile', profile, await placeOf(trx, residual))
    const beside = { note: note ?? undefined, source: source ?? undefined }
    return { result: id, changes: [{ ...change, after: { day, ...summaryOf(ends), ...beside } }] }
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

/** Wrong lines are named beside a wrong day, so that nobody has to come back twice. */
function readProfile(input: unknown, today: Day) {
  const { ends: text, ...given } = readGiven(input, today)
  const { ends, problems } = readMaturityLines(text, given.day)
  const all = [...futureProblems('day', given.day, today), ...atEnds(problems)]
  if (all.length > 0) throw new InputRefused(all)
  return { ...given, ends }
}

function readGiven(input: unknown, today: Day) {
  try {
    return readInput(newProfile, input)
  } catch (error) {
    if (!(error instanceof InputRefused)) throw error
    throw new InputRefused([...error.problems, ...problemsOfLines(input, today)])
  }
}

/** What is wrong with the lines whatever the day of the profile is. */
function problemsOfLines(input: unknown, today: Day): Problem[] {
  const lines = z.looseObject({ ends: newProfile.shape.ends }).safeParse(input)
  if (!lines.success) return []
  const { problems } = readMaturityLines(lines.data.ends, today)
  return atEnds(problems.filter(({ code }) => code !== 'maturity.past'))
}

function atEnds(problems: readonly Omit<Problem, 'path'>[]): Problem[] {
  return problems.map(problem => ({ path: 'ends', ...problem }))
}

async function sumProblems(
  trx: Trx,
  residualId: number,
  day: string,
  ends: readonly Maturity[],
): Promise<Problem[]> {
  const wrong = sumProblem(ends, await findReadingBy(trx, residualId, day), day)
  return wrong ? [{ path: wrong.code === 'maturity.not_counted' ? 'day' : 'ends', ...wrong }] : []
}

type Said = Pick<RecordedProfile, 'day' | 'ends' | 'note' | 'source'>

function isSame(one: Said, other: Said): boolean {
  const texts = [one, other].map(({ day, ends, note, source }) => JSON.stringify([day, ends, note, source]))
  return texts[0] === texts[1]
}

/** What the history says of a profile; its lines stay with the profile. */
function summaryOf(ends: readonly Maturity[]) {
  const days = ends.flatMap(({ endsOn }) => endsOn ?? [])
  const withoutEnd = ends.find(({ endsOn }) => endsOn === null)?.count
  return { contracts: totalOf(ends), firstEndOn: days[0], lastEndOn: days.at(-1), withoutEnd }
}
