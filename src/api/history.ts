import { z } from 'zod'
import { optionalDay, optionalName, optionalText, optionalWholeNumber } from '../actions/input.ts'
import { NotFound } from '../actions/refusal.ts'
import { type Context, startOfDay } from '../context.ts'
import { addDays } from '../domain/calendar.ts'
import { type HistoryFilter, listHistory } from '../store/audit-log.ts'
import { findService } from '../store/services.ts'
import { findSystem } from '../store/systems.ts'
import { endpoint } from './endpoint.ts'
import { PAGING } from './pages.ts'
import { moment, named, number, text } from './shapes.ts'

const values = z.record(text, z.unknown()).nullable().describe('Only the fields that changed')

const entry = named(
  'HistoryEntry',
  z.object({
    id: number,
    revision: number.describe('Of the register: what was done at once has the same'),
    at: moment,
    actor: text,
    action: text,
    noun: text.describe('What was changed: system, residual, reading, gate, ...'),
    nounId: number,
    label: text,
    systemId: number.nullable(),
    serviceId: number.nullable(),
    before: values,
    after: values,
    why: text.nullable(),
  }),
)

const query = z.strictObject({
  limit: PAGING.limit,
  before: optionalWholeNumber(1).meta({ type: 'integer', description: 'Only entries older than this id' }),
  system: optionalName().meta({ type: 'string', description: 'Key of a system' }),
  service: optionalName().meta({ type: 'string', description: 'Key of a service' }),
  actor: optionalText(200).meta({ type: 'string' }),
  action: optionalText(200).meta({ type: 'string' }),
  from: optionalDay().meta({ type: 'string', format: 'date' }),
  to: optionalDay().meta({ type: 'string', format: 'date' }),
})

/** Every change of the register, newest first. */
export const history = endpoint({
  summary: 'Every change, newest first: who, when, what it was and what it became',
  query,
  answer: z.object({
    items: z.array(entry),
    next: text.nullable().describe('Address of the entries before these; null where there are none'),
  }),
  async act({ context, address }, given) {
    const limit = given.query.limit ?? 50
    const filter = await filterOf(context, given.query)
    const found = await listHistory(context.db, filter, limit + 1)
    const shown = found.slice(0, limit)
    const items = shown.map(row => ({ ...row, before: parsed(row.before), after: parsed(row.after) }))
    return { items, next: found.length > limit ? olderThan(address, shown.at(-1)!.id) : null }
  },
})

async function filterOf(context: Context, asked: z.output<typeof query>): Promise<HistoryFilter> {
  const { system, service, before, actor, action, from, to } = asked
  return {
    ...(system && { systemId: await idOf('system', system, findSystem(context.db, system)) }),
    ...(service && { serviceId: await idOf('service', service, findService(context.db, service)) }),
    ...(before && { before }),
    ...(actor && { actor }),
    ...(action && { action }),
    ...(from && { since: startOfDay(context, from) }),
    ...(to && { until: startOfDay(context, addDays(to, 1)) }),
  }
}

async function idOf(noun: 'system' | 'service', key: string, find: Promise<{ id: number } | undefined>) {
  const found = await find
  if (!found) throw new NotFound(noun, key)
  return found.id
}

function parsed(kept: string | null): Record<string, unknown> | null {
  return kept === null ? null : JSON.parse(kept)
}

function olderThan(address: string, id: number): string {
  const older = new URL(address, 'http://here')
  older.searchParams.set('before', String(id))
  return older.pathname + older.search
}
