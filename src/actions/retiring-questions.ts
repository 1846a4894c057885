import { type Context, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { movedSavings } from '../domain/savings.ts'
import { judge } from '../domain/shutdown/judge.ts'
import { listOutsiders } from '../domain/shutdown/uses-of-service.ts'
import type { Trx } from '../store/columns.ts'
import { loadLandscape } from '../store/landscape.ts'
import { loadCostsOfSystems } from '../store/money.ts'
import { listServices } from '../store/services.ts'
import type { Question } from './refusal.ts'

const NAMED = 10

type Retiring = {
  id: number
  on: Day | null
  /** What `formerRetirements` says of its course. */
  former: readonly (Day | null)[]
}

/** What is asked back before a system retires. */
export async function questionsBeforeRetiring(
  context: Context,
  trx: Trx,
  retiring: Retiring,
  today: Day,
): Promise<Question[]> {
  return [
    ...(await questionsAboutDay(trx, retiring, today)),
    ...(await questionsAboutRunning(context, trx, retiring.id, today)),
  ]
}

/** What another day than that of its last retirement does to the saving that this had realised. */
async function questionsAboutDay(trx: Trx, { id, on, former }: Retiring, today: Day): Promise<Question[]> {
  const [knownOn] = former
  if (knownOn === undefined || knownOn === on) return []
  const costs = await loadCostsOfSystems(trx, [id])
  return movedSavings(costs, { knownOn, typedOn: on, today }).map(({ currency, known, typed }) => ({
    path: 'on',
    code: codeOf(knownOn, on),
    values: {
      retiredOn: knownOn ?? '',
      day: on ?? '',
      ...{ knownFen: known, knownCurrency: currency, typedFen: typed, typedCurrency: currency },
    },
    answer: `status.other_day:${knownOn ?? ''}:${on ?? ''}:${known}:${typed}:${currency}`,
  }))
}

function codeOf(knownOn: Day | null, on: Day | null): string {
  if (!on) return 'status.without_day'
  return knownOn ? 'status.other_day' : 'status.day_of_undated'
}

/** Its services that still run, and who outside the estate still uses them, by name. */
async function questionsAboutRunning(
  context: Context,
  trx: Trx,
  systemId: number,
  today: Day,
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
