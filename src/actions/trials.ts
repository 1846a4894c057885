import { z } from 'zod'
import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Change } from '../store/audit-log.ts'
import type { Trx } from '../store/columns.ts'
import type { Service } from '../store/nouns.ts'
import { findRunningTrial } from '../store/trials.ts'
import { audited } from './action.ts'
import { refuseBefore, refuseFuture } from './day-checks.ts'
import { optionalText, readInput, requiredDay } from './input.ts'
import { addRow, changeOne, changeRow, getRow, versionSeen } from './keep.ts'
import { InputRefused } from './refusal.ts'

/**
 * Trial shutdowns: a service is left off for a while, to hear who misses it. For the analysis it stays on, and no use
 * of it changes; what a trial gives is complaints, or evidence that nobody complained.
 */

const newTrial = z.strictObject({ startedOn: requiredDay(), note: optionalText() })

/** Gives the id of the trial. */
export async function startTrial(context: Context, serviceId: number, input: unknown): Promise<number> {
  const { startedOn, note } = readInput(newTrial, input)
  return audited(context, 'start-trial', async (trx, { today }) => {
    const service = await getRow(trx, 'service', serviceId)
    if (service.state === 'off') throw new InputRefused([{ path: 'startedOn', code: 'trial.service_off' }])
    refuseFuture('startedOn', startedOn, today)
    const running = await findRunningTrial(trx, serviceId)
    if (running) {
      const values = { day: running.startedOn }
      throw new InputRefused([{ path: 'startedOn', code: 'trial.already_running', values }])
    }
    const placed = { label: service.name, serviceId }
    const { id, change } = await addRow(trx, 'trial_shutdown', { serviceId, startedOn, note }, placed)
    return { result: id, changes: [change] }
  })
}

const endedTrial = z.strictObject({
  endedOn: requiredDay(),
  endNote: optionalText(),
  ...versionSeen.shape,
})

export async function endTrial(context: Context, id: number, input: unknown) {
  const change = { action: 'end-trial', noun: 'trial_shutdown', id, input, schema: endedTrial } as const
  return changeOne(context, change, async (row, { endedOn, endNote }, { today }, trx) => {
    if (row.endedOn) {
      const values = { day: row.endedOn }
      throw new InputRefused([{ path: 'endedOn', code: 'trial.already_ended', values }])
    }
    refuseFuture('endedOn', endedOn, today)
    refuseBefore('endedOn', endedOn, row.startedOn)
    const { name } = await getRow(trx, 'service', row.serviceId)
    return { values: { endedOn, endNote }, placed: { label: name, serviceId: row.serviceId } }
  })
}

/** What is switched off for good is on trial no longer. */
export async function endTrialsOf(trx: Trx, services: readonly Service[], on: Day): Promise<Change[]> {
  const changes: Change[] = []
  for (const { id, name } of services) {
    const running = await findRunningTrial(trx, id)
    if (!running) continue
    const endedOn = on < running.startedOn ? running.startedOn : on
    const placed = { label: name, serviceId: id }
    const change = await changeRow(trx, 'trial_shutdown', running, running.version, { endedOn }, placed)
    if (change) changes.push(change)
  }
  return changes
}
