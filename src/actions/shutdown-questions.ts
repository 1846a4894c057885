import { type Context, usualDays } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Trx } from '../store/columns.ts'
import { type KeptGround, loadGrounds } from '../store/grounds.ts'
import type { OpenComplaint } from '../store/trials.ts'
import { listDependencies, listExternals } from '../store/uses.ts'
import type { Question } from './refusal.ts'

/**
 * What to ask before services go that nothing holds: each count grown old, each waiver that lets them go, each complaint
 * that nobody has settled, and that nobody has confirmed that no one calls.
 */
export async function questionsAboutGrounds(
  trx: Trx,
  services: readonly { id: number; key: string }[],
  today: Day,
  context: Context,
): Promise<Question[]> {
  const grounds = [...(await loadGrounds(trx, services, today, usualDays(context))).values()].flat()
  const questions = new Map(grounds.flatMap(questionAbout).map(one => [one.answer, one]))
  return [...questions.values()]
}

/** A day before something that tells of the service: seen in a call, or counted and closed for it. The last of each. */
export async function questionsAboutDay(
  trx: Trx,
  services: readonly { id: number; key: string }[],
  on: Day,
  { today, context }: { today: Day; context: Context },
): Promise<Question[]> {
  const grounds = await loadGrounds(trx, services, today, usualDays(context))
  const proofs = [...grounds.values()].flat().flatMap(ground => {
    if (ground.kind === 'zero') return [{ ...namesOf(ground.of), day: ground.day }]
    const isClosed = ground.kind === 'closed_gate' || ground.kind === 'confirmed'
    return isClosed && ground.of.closedOn ? [{ ...namesOf(ground.of), day: ground.of.closedOn }] : []
  })
  return [
    ...questionsAfter(on, 'shutdown.seen_after', await listSights(trx, services)),
    ...questionsAfter(on, 'shutdown.proof_after', proofs),
  ]
}

type Dated = Record<string, string> & { day: Day }

/** English names have a value of their own: which of the two is said depends on who is asked. */
function namesOf({ place, name, nameEn }: Named & { place: Named }) {
  return { place: place.name, placeEn: place.nameEn ?? '', name, nameEn: nameEn ?? '' }
}

type Named = { name: string; nameEn: string | null }

async function listSights(trx: Trx, services: readonly { id: number; key: string }[]): Promise<Dated[]> {
  const sights: Dated[] = []
  for (const { id } of services) {
    for (const use of await listDependencies(trx, id))
      if (use.lastSeenOn) sights.push({ what: `${use.consumer} → ${use.provider}`, day: use.lastSeenOn })
    for (const use of await listExternals(trx, id))
      if (use.lastSeenOn) sights.push({ what: `${use.name} → ${use.provider}`, day: use.lastSeenOn })
  }
  return sights
}

function questionsAfter(on: Day, code: string, dated: readonly Dated[]): Question[] {
  const [last] = dated.filter(({ day }) => day > on).sort((a, b) => (a.day < b.day ? 1 : -1))
  if (!last) return []
  return [{ path: 'on', code, values: { ...last, on }, answer: `${code}:${on}:${last.day}` }]
}

/**
 * What an override does not answer: somebody missed the service, and nobody knows whether they use it; or their use is
 * waived, and so no reason that was overridden.
 */
export async function questionsPastOverride(
  trx: Trx,
  services: readonly { id: number; key: string }[],
  today: Day,
  context: Context,
): Promise<Question[]> {
  const grounds = [...(await loadGrounds(trx, services, today, usualDays(context))).values()].flat()
  return grounds.filter(({ kind }) => kind === 'complaint' || kind === 'waived_use').flatMap(questionAbout)
}

function questionAboutComplaint({ id, service, complainant, complaint, day }: OpenComplaint): Question {
  const values = { service, complainant, complaint, day }
  return { path: 'on', code: 'shutdown.open_complaint', values, answer: `open_complaint:${id}` }
}

/** The answer names the day that was seen, so that it confirms nothing that has changed since. */
function questionAbout(ground: KeptGround): Question[] {
  if (!ground.isWeak) return []
  if (ground.kind === 'unconfirmed') {
    const service = ground.of.key
    return [
      { path: 'on', code: 'shutdown.unconfirmed', values: { service }, answer: `unconfirmed:${service}` },
    ]
  }
  if (ground.kind === 'zero') {
    const { of, day } = ground
    const values = { ...namesOf(of), day }
    return [{ path: 'on', code: 'shutdown.stale_zero', values, answer: `stale_zero:${of.id}:${day}` }]
  }
  if (ground.kind === 'complaint') return [questionAboutComplaint(ground.of)]
  const { of, kind } = ground
  const until = of.waivedUntil ?? ''
  const what = kind === 'waived_use' ? { what: `${of.consumer} → ${of.provider}` } : namesOf(of)
  const values = { ...what, by: of.waivedBy ?? '', until }
  // A use from outside may have the number of one from inside.
  const from = kind === 'waived_use' ? `${of.consumer}:${of.id}` : of.id
  return [{ path: 'on', code: `shutdown.${kind}`, values, answer: `${kind}:${from}:${until}` }]
}
