import { z } from 'zod'
import type { Context } from '../context.ts'
import { EVENT_KINDS } from '../domain/vocabulary.ts'
import { audited } from './action.ts'
import { refuseWithdrawn, withdrawal } from './gates.ts'
import { oneOf, optionalText, readInput, requiredDay, requiredText } from './input.ts'
import { addRow, changeOne, getRow, versionSeen } from './keep.ts'
import { InputRefused } from './refusal.ts'

const describedEvent = {
  day: requiredDay(),
  kind: oneOf(EVENT_KINDS),
  title: requiredText(),
  note: optionalText(),
  source: optionalText(),
}
export const newEvent = z.strictObject(describedEvent)
export const editedEvent = z.strictObject({ ...describedEvent, ...versionSeen.shape })

/** Marks a day in the course of a system. It may lie ahead: a planned cutover is an event too. */
export async function createEvent(context: Context, systemId: number, input: unknown): Promise<number> {
  const event = readInput(newEvent, input)
  return audited(context, 'create-event', async trx => {
    const system = await getRow(trx, 'system', systemId)
    const { id, change } = await addRow(
      trx,
      'event',
      { ...event, systemId },
      { label: `${system.name} / ${event.title}`, systemId },
    )
    return { result: id, changes: [change] }
  })
}

export async function editEvent(context: Context, id: number, input: unknown) {
  const change = { action: 'edit-event', noun: 'event', id, input, schema: editedEvent } as const
  return changeOne(context, change, (row, { version, ...values }) => {
    refuseWithdrawn(row)
    // A status mark is the trace of a change of status; only such a change makes or moves one.
    if (row.kind === 'status') throw new InputRefused([{ path: 'kind', code: 'event.status_mark' }])
    return { values, placed: { label: values.title, systemId: row.systemId, serviceId: row.serviceId } }
  })
}

export async function withdrawEvent(context: Context, id: number, input: unknown) {
  const change = { action: 'withdraw-event', noun: 'event', id, input, schema: withdrawal } as const
  return changeOne(context, change, (row, { reason }, { today }) => {
    refuseWithdrawn(row)
    if (row.kind === 'status') throw new InputRefused([{ path: 'reason', code: 'event.status_mark' }])
    const values = { withdrawnOn: today, withdrawnReason: reason }
    return {
      values,
      placed: { label: row.title, systemId: row.systemId, serviceId: row.serviceId, why: reason },
    }
  })
}
