import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { SYSTEM_ROLES } from '../domain/landscape.ts'
import { formerRetirements, holdsOf, refuseMove, refuseStanding } from '../domain/lifecycle.ts'
import { STATUSES } from '../domain/vocabulary.ts'
import type { Trx } from '../store/columns.ts'
import { listGates } from '../store/gates.ts'
import { loadCourse } from '../store/intake.ts'
import type { System } from '../store/nouns.ts'
import { listResiduals } from '../store/residuals.ts'
import type { SystemState } from '../store/systems.ts'
import { audited, type Moment } from './action.ts'
import { refuseFuture } from './day-checks.ts'
import { questionsBeforeDraining } from './draining-questions.ts'
import { oneOf, optionalDay, optionalName, optionalText, pageKey, readInput, requiredText } from './input.ts'
import {
  addRow,
  changeOne,
  changeRow,
  getRow,
  refuseOldVersion,
  refuseTakenKey,
  versionSeen,
} from './keep.ts'
import { ask, InputRefused, NeedsConfirmation } from './refusal.ts'
import { questionsBeforeRetiring } from './retiring-questions.ts'
import { aboutKey, readTogether } from './told-together.ts'

const describedSystem = {
  key: pageKey(),
  name: requiredText(),
  nameEn: optionalName(),
  role: oneOf(SYSTEM_ROLES),
  replacement: optionalName(),
  owner: optionalName(),
  targetOn: optionalDay(),
  note: optionalText(),
  source: optionalText(),
}

const answered = { answers: z.array(z.string()).default([]) }
const newSystem = z.strictObject({
  ...describedSystem,
  ...answered,
  status: oneOf(STATUSES),
  statusOn: optionalDay(),
  statusReason: optionalText(),
  reviewOn: optionalDay(),
})
const editedSystem = z.strictObject({
  ...describedSystem,
  /** Whether it is to go at all is decided like a status: with a reason. */
  roleReason: optionalText(),
  ...versionSeen.shape,
  ...answered,
})

/** Adds a system as it stands, with the reason that its status needs. Gives its key. */
export async function createSystem(context: Context, input: unknown): Promise<{ id: number; key: string }> {
  const taken = aboutKey(input, key => refuseTakenKey(context.db, 'system', key))
  const { answers, ...system } = await readTogether(newSystem, input, taken)
  return audited(context, 'create-system', async (trx, { today }) => {
    refuseFuture('statusOn', system.statusOn, today)
    const problems = refuseStanding(system, today)
    if (problems.length > 0) throw new InputRefused(problems)
    await refuseTakenKey(trx, 'system', system.key)
    askAboutPast(system, today, answers)
    const reviewOn = system.status === 'on_hold' ? system.reviewOn : null
    const { id, change } = await addRow(trx, 'system', { ...system, reviewOn }, { label: system.name })
    return { result: { id, key: system.key }, changes: [{ ...change, systemId: id }] }
  })
}

export async function editSystem(context: Context, id: number, input: unknown) {
  const change = { action: 'edit-system', noun: 'system', id, input, schema: editedSystem } as const
  const taken = aboutKey(input, async key =>
    refuseTakenKey(context.db, 'system', key, await getRow(context.db, 'system', id)),
  )
  await readTogether(editedSystem, input, taken)
  return changeOne(context, change, async (row, edited, { today }, trx) => {
    const { version, roleReason, answers, ...values } = edited
    await refuseTakenKey(trx, 'system', values.key, row)
    if (values.role !== row.role && !roleReason)
      throw new InputRefused([{ path: 'roleReason', code: 'system.role_reason_needed' }])
    if (values.role === 'stay' && row.role !== 'stay' && row.status === 'retired')
      throw new InputRefused([{ path: 'role', code: 'system.retired_role' }])
    if (values.targetOn !== row.targetOn) askAboutPast({ ...row, ...values }, today, answers)
    return { values, placed: { label: values.name, systemId: row.id, why: roleReason } }
  })
}

/** A new target that has passed is missed from its first moment: more often the year is a slip. */
function askAboutPast(
  { targetOn, status }: Pick<SystemState, 'targetOn' | 'status'>,
  today: Day,
  answers: readonly string[],
): void {
  const isOver = status === 'retired' || status === 'cancelled'
  if (isOver || !targetOn || targetOn >= today) return
  const answer = `system.target_past:${targetOn}`
  if (answers.includes(answer)) return
  const values = { day: targetOn, today }
  throw new NeedsConfirmation([{ path: 'targetOn', code: 'system.target_past', values, answer }])
}

const statusChange = z.strictObject({
  to: oneOf(STATUSES),
  on: optionalDay(),
  reason: optionalText(),
  reviewOn: optionalDay(),
  overrideReason: optionalText(),
  answers: z.array(z.string()).default([]),
  ...versionSeen.shape,
})

/**
 * Moves a system to another status and marks the day in its course. Retiring one that is not ready needs an
 * override with a reason, which stays on the system; one that was taken up again may retire as of a former day.
 */
export async function changeStatus(context: Context, id: number, input: unknown) {
  const { version, answers, ...move } = readInput(statusChange, input)
  return audited(context, 'change-status', async (trx, moment) => {
    const system = await getRow(trx, 'system', id)
    refuseOldVersion('system', system, version)
    const holds = move.to === 'retired' ? await loadHolds(trx, id, moment) : []
    const former = formerRetirements(await loadCourse(trx, system))
    const problems = refuseMove({
      ...move,
      role: system.role,
      from: system.status,
      since: system.statusOn,
      former,
      today: moment.today,
      holds,
    })
    if (problems.length > 0) throw new InputRefused(problems)
    if (move.to === 'retired')
      ask(await questionsBeforeRetiring(context, trx, { id, on: move.on, former }, moment.today), answers)
    if (move.to === 'draining') ask(await questionsBeforeDraining(trx, system, moment.today), answers)
    const values = {
      status: move.to,
      statusOn: move.on,
      statusReason: move.reason,
      reviewOn: move.to === 'on_hold' ? move.reviewOn : null,
      statusBeforeHold: move.to === 'on_hold' ? system.status : null,
      overrideReason: holds.length > 0 ? move.overrideReason : null,
    }
    // A form offers the former override again, whatever is then chosen there.
    const override = move.to === 'retired' ? move.overrideReason : null
    const placed = { label: system.name, systemId: id, why: override ?? move.reason }
    const change = await changeRow(trx, 'system', system, version, values, placed)
    if (!change) return { result: system, changes: [] }
    await markStatus(trx, system, values, moment)
    return { result: { ...system, ...values }, changes: [change] }
  })
}

type StatusRow = Pick<System, 'status' | 'statusOn' | 'statusReason' | 'overrideReason'>

/** The mark on the course says what the change of status says: the history tells it once. Without a day it is of today. */
async function markStatus(
  trx: Trx,
  system: System & { id: number },
  to: StatusRow,
  { today }: Moment,
): Promise<void> {
  const { id: systemId, name: title, status: fromStatus } = system
  const moved = { day: to.statusOn ?? today, fromStatus, toStatus: to.status, note: sayWhy(to) }
  const event = { systemId, serviceId: null, kind: 'status', title, ...moved } as const
  await addRow(trx, 'event', event, { label: title, systemId })
}

/** An override is told first: nothing else in the course of a system says that it went unready. */
function sayWhy({ overrideReason, statusReason }: StatusRow): string | null {
  return [overrideReason, statusReason].filter(Boolean).join('\n') || null
}

async function loadHolds(trx: Trx, id: number, { today }: Moment): Promise<string[]> {
  return holdsOf(await listResiduals(trx, [id]), await listGates(trx, { systemId: id }), today)
}
