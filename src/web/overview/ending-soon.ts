import { endsSoonBy } from '../../domain/attention.ts'
import type { Day } from '../../domain/calendar.ts'
import type { Held, Lapse } from '../../domain/lapses.ts'
import { servicePath, systemPath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { sayEachLapse } from '../../http/lapses.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'

/** At most so many. */
const NOTED = 200

/** Waivers and evidence that end within the month: what they let pass holds again then. */
export async function endingSoon(visit: Visit): Promise<AttentionLine[]> {
  const { lapses } = await judgedFor(visit)
  const soon = soonOf(lapses, visit.today)
  const said = await sayEachLapse(visit, soon)
  return soon.map(({ held }, at) => ({
    kind: 'ends_soon',
    text: said[at]!,
    next: { text: visit.t('attention.next.ends_soon'), href: placeOf(held) },
    isAlarm: false,
  }))
}

const known = new WeakMap<() => Lapse[], Lapse[]>()

/** Looked for once after each change. */
function soonOf(lapses: () => Lapse[], today: Day): Lapse[] {
  const kept = known.get(lapses)
  if (kept) return kept
  const soon = lapses()
    .filter(({ until }) => until <= endsSoonBy(today))
    .sort((one, other) => (one.until < other.until ? -1 : 1))
    .slice(0, NOTED)
  known.set(lapses, soon)
  return soon
}

function placeOf(held: Held): string {
  if (held.kind === 'system-gate') return `${systemPath(held.system)}#gates`
  if (held.kind === 'service-gate') return `${servicePath(held.service)}#gates`
  return `${servicePath(held.provider)}#consumers`
}
