import { z } from 'zod'
import type { Context } from '../context.ts'
import { addDays, type Day } from '../domain/calendar.ts'
import { EVENT_KINDS, isTrace } from '../domain/vocabulary.ts'
import { audited } from './action.ts'
import { oneOf, optionalText, readInput, requiredDay, requiredText } from './input.ts'
import { addRow, changeOne, versionSeen } from './keep.ts'
import { placeOf } from './places.ts'
import { InputRefused, NeedsConfirmation } from './refusal.ts'
import { refuseWithdrawn } from './withdrawals.ts'

const describedEvent = {
  day: requiredDay(),
  kind: oneOf(EVENT_KINDS),
  title: requiredText(),
  note: optionalText(),
  source: optionalText(),
  answers: z.array(z.string()).default([]),
}
const newEvent = z.strictObject(describedEvent)
const editedEvent = z.strictObject({ ...describedEvent, ...versionSeen.shape })

/** Marks a day in the course of a system. It may lie ahead: a planned cutover is an event too. */
export async function createEvent(context: Context, systemId: number, input: unknown): Promise<number> {
  const { answers, ...event } = readInput(newEvent, input)
  return audited(context, 'create-event', async (trx, { today }) => {
    askAboutFarDay(event.day, today, answers)
    const placed = await placeOf(trx, { systemId, title: event.title })
    const { id, change } = await addRow(trx, 'event', { ...event, systemId }, placed)
    return { result: id, changes: [change] }
  })
}

export async function editEvent(context: Context, id: number, input: unknown) {
  const change = { action: 'edit-event', noun: 'event', id, input, schema: editedEvent } as const
  return changeOne(context, change, async (row, { version, answers, ...values }, { today }, trx) => {
    refuseWithdrawn(row)
    if (isTrace(row.kind)) throw new InputRefused([{ path: 'kind', code: 'event.trace' }])
    if (values.day !== row.day) askAboutFarDay(values.day, today, answers)
    return { values, placed: await placeOf(trx, { ...row, title: values.title }) }
  })
}

const TEN_YEARS = 3650

/** More often a slip in the year than the course of a system that runs today. */
function askAboutFarDay(day: Day, today: Day, answers: readonly string[]): void {
  const answer = `event.far_day:${day}`
  const isNear = day >= addDays(today, -TEN_YEARS) && day <= addDays(today, TEN_YEARS)
  if (isNear || answers.includes(answer)) return
  throw new NeedsConfirmation([{ path: 'day', code: 'event.far_day', values: { day, today }, answer }])
}
