import { type Context, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { judge } from '../domain/shutdown/judge.ts'
import { listOutsiders } from '../domain/shutdown/uses-of-service.ts'
import type { Trx } from '../store/columns.ts'
import { loadLandscape } from '../store/landscape.ts'
import { listServices } from '../store/services.ts'
import type { Question } from './refusal.ts'

const NAMED = 10

/** Before a system retires: its services that still run, and who outside the estate still uses them, by name. */
export async function questionsAboutRunning(
  trx: Trx,
  systemId: number,
  today: Day,
  context: Context,
): Promise<Question[]> {
  const running = (await listServices(trx, { systemId })).filter(
    ({ state, role }) => state === 'on' && role !== 'stay',
  )
  if (running.length === 0) return []
  const keys = running.map(({ key }) => key)
  const judgement = judge(await loadLandscape(trx, today, usualDays(context)), today)
  const outsiders = listOutsiders(judgement)
    .filter(({ service }) => keys.includes(judgement.graph.ids[service]!))
    .map(({ name }) => name)
  return [
    ...questionAbout('status.still_running', 'services', keys),
    ...questionAbout('status.still_used', 'consumers', [...new Set(outsiders)]),
  ]
}

/** The answer names them all, so that it confirms nothing for others that have come since. */
function questionAbout(code: string, name: string, found: readonly string[]): Question[] {
  if (found.length === 0) return []
  const more = found.length > NAMED ? ` +${found.length - NAMED}` : ''
  const values = { [name]: found.slice(0, NAMED).join(', ') + more, count: found.length }
  return [{ path: 'to', code, values, answer: `${code}:${found.join()}` }]
}
