import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Trx } from '../store/columns.ts'
import { type KeptGround, loadGrounds } from '../store/grounds.ts'
import type { Question } from './refusal.ts'

/** What to ask before services go that nothing holds: each count grown old, each waiver that lets them go. */
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

/** The answer names the day that was seen, so that it confirms nothing that has changed since. */
function questionAbout(ground: KeptGround): Question[] {
  if (!ground.isWeak) return []
  if (ground.kind === 'zero') {
    const { of, day } = ground
    const values = { system: of.place, name: of.name, day }
    return [{ path: 'on', code: 'shutdown.stale_zero', values, answer: `stale_zero:${of.id}:${day}` }]
  }
  const { of, kind } = ground
  const until = of.waivedUntil ?? ''
  const what = kind === 'waived_use' ? `${of.consumer} → ${of.provider}` : `${of.place} · ${of.name}`
  const values = { what, by: of.waivedBy ?? '', until }
  return [{ path: 'on', code: `shutdown.${kind}`, values, answer: `${kind}:${of.id}:${until}` }]
}
