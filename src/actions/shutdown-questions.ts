import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Trx } from '../store/columns.ts'
import { type KeptGround, loadGrounds } from '../store/grounds.ts'
import { listOpenComplaints, type OpenComplaint } from '../store/trials.ts'
import type { Question } from './refusal.ts'

/**
 * What to ask before services go that nothing holds: each count grown old, each waiver that lets them go, each complaint
 * that nobody has settled.
 */
export async function questionsAboutGrounds(
  trx: Trx,
  services: readonly { id: number; key: string }[],
  today: Day,
  { config }: Context,
): Promise<Question[]> {
  const usual = { cadenceDays: config.CADENCE_DAYS, quietDays: config.QUIET_DAYS }
  const grounds = [...(await loadGrounds(trx, services, today, usual)).values()].flat()
  const questions = new Map(grounds.flatMap(questionAbout).map(one => [one.answer, one]))
  return [...questions.values()]
}

/** What an override does not answer: somebody missed the service, and nobody knows whether they use it. */
export async function questionsAboutComplaints(
  trx: Trx,
  services: readonly { id: number }[],
): Promise<Question[]> {
  const serviceIds = services.map(({ id }) => id)
  return (await listOpenComplaints(trx, { serviceIds })).map(questionAboutComplaint)
}

function questionAboutComplaint({ id, service, complainant, complaint, day }: OpenComplaint): Question {
  const values = { service, complainant, complaint, day }
  return { path: 'on', code: 'shutdown.open_complaint', values, answer: `open_complaint:${id}` }
}

/** The answer names the day that was seen, so that it confirms nothing that has changed since. */
function questionAbout(ground: KeptGround): Question[] {
  if (!ground.isWeak) return []
  if (ground.kind === 'zero') {
    const { of, day } = ground
    const values = { system: of.place, name: of.name, day }
    return [{ path: 'on', code: 'shutdown.stale_zero', values, answer: `stale_zero:${of.id}:${day}` }]
  }
  if (ground.kind === 'complaint') return [questionAboutComplaint(ground.of)]
  const { of, kind } = ground
  const until = of.waivedUntil ?? ''
  const what = kind === 'waived_use' ? `${of.consumer} → ${of.provider}` : `${of.place} · ${of.name}`
  const values = { what, by: of.waivedBy ?? '', until }
  return [{ path: 'on', code: `shutdown.${kind}`, values, answer: `${kind}:${of.id}:${until}` }]
}
