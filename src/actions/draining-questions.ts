import { addDays, type Day } from '../domain/calendar.ts'
import { isHolding } from '../domain/gates.ts'
import type { Status } from '../domain/vocabulary.ts'
import type { Trx } from '../store/columns.ts'
import { listEvents } from '../store/events.ts'
import { listGates } from '../store/gates.ts'
import type { System } from '../store/nouns.ts'
import type { Question } from './refusal.ts'

const MOST_PLANNED = 100

/** Draining says that no new work comes in: what else is on record of the cutover and says that it may is asked back. */
export async function questionsBeforeDraining(
  trx: Trx,
  { id, status, statusBeforeHold }: Pick<System, 'status' | 'statusBeforeHold'> & { id: number },
  today: Day,
): Promise<Question[]> {
  const was: Status | null = status === 'on_hold' ? statusBeforeHold : status
  if (was !== 'migrating' && was !== 'cutover_pending') return []
  const gates = await listGates(trx, { systemId: id })
  const planned = await listEvents(trx, { systemId: id, from: addDays(today, 1) }, MOST_PLANNED)
  const found = [
    ...gates
      .filter(gate => gate.kind === 'cutover' && isHolding(gate, today))
      .map(({ key, name, nameEn }) => ({
        path: 'to',
        code: 'status.cutover_open' as const,
        values: { name, nameEn: nameEn ?? '' },
        answer: `status.cutover_open:${key}`,
      })),
    ...planned
      .filter(({ kind }) => kind === 'cutover')
      .map(({ day }) => ({
        path: 'to',
        code: 'status.cutover_planned' as const,
        values: { day },
        answer: `status.cutover_planned:${day}`,
      })),
  ]
  return found.map((one, index) => ({ ...one, code: index < found.length - 1 ? FACT[one.code] : one.code }))
}

/** Of several only the last asks: they all ask the same. */
const FACT = {
  'status.cutover_open': 'status.cutover_open_too',
  'status.cutover_planned': 'status.cutover_planned_too',
} as const
