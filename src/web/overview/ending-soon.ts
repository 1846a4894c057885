import { endsSoonBy } from '../../domain/attention.ts'
import type { Day } from '../../domain/calendar.ts'
import type { Held, Lapse } from '../../domain/lapses.ts'
import { servicePath, systemPath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { sayEachHeldAgain, sayEachLapse } from '../../http/lapses.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'

/** At most so many. */
const NOTED = 200

/** Waivers and evidence that end within the month: what they let pass holds again then. */
export async function endingSoon(visit: Visit): Promise<AttentionLine[]> {
  const { lapses } = await judgedFor(visit)
  const soon = firstOf(lapses, endsSoonBy(visit.today))
  return linesOf(visit, 'ends_soon', soon, await sayEachLapse(visit, soon))
}

/** What has ended, for as long as what it let pass holds again. */
export async function heldAgain(visit: Visit): Promise<AttentionLine[]> {
  const ended = firstOf((await judgedFor(visit)).heldAgain, visit.today)
  return linesOf(visit, 'ended', ended, await sayEachHeldAgain(visit, ended))
}

function linesOf(
  { t }: Visit,
  kind: 'ends_soon' | 'ended',
  lapses: readonly Lapse[],
  said: readonly string[],
): AttentionLine[] {
  return lapses.map(({ held }, at) => ({
    kind,
    text: said[at]!,
    next: { text: t(`attention.next.${kind}`), href: placeOf(held) },
    isAlarm: kind === 'ended',
  }))
}

const known = new WeakMap<() => Lapse[], Lapse[]>()

/** Looked for once after each change. */
function firstOf(list: () => Lapse[], by: Day): Lapse[] {
  const kept = known.get(list)
  if (kept) return kept
  const first = list()
    .filter(({ until }) => until <= by)
    .sort((one, other) => (one.until < other.until ? -1 : 1))
    .slice(0, NOTED)
  known.set(list, first)
  return first
}

function placeOf(held: Held): string {
  if (held.kind === 'system-gate') return `${systemPath(held.system)}#gates`
  if (held.kind === 'service-gate') return `${servicePath(held.service)}#gates`
  return `${servicePath(held.provider)}#consumers`
}
