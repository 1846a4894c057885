import type { Effect } from '../../domain/shutdown/effect.ts'
import { effectOfRound } from '../../http/round-effect.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import type { Visit } from '../visit.ts'

/** What a round of counts changed in the shutdown analysis, in sentences; empty when it changed no answer. */
export async function effectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const effect = await effectOfRound(visit, entries)
  return effect ? sayEffect(visit, effect) : []
}

const SHOWN = 10

function sayEffect({ t }: Visit, effect: Effect): string[] {
  const say = (name: keyof Effect) => {
    const ids = effect[name]
    if (ids.length === 0) return []
    const shown = ids.slice(0, SHOWN).map(id => sayId(t, id))
    const more = ids.length > SHOWN ? t('effect.more', { count: ids.length - SHOWN }) : ''
    return [t(`effect.${name}`, { count: ids.length, ids: shown.join(t('effect.comma')) + more })]
  }
  return [
    ...say('nowReady'),
    ...say('nowFree'),
    ...say('noLongerReady'),
    ...say('blockersGone'),
    ...say('blockersNew'),
  ]
}

/** A count lifts or sets only residual blockers; services are called by their keys. */
function sayId(t: Visit['t'], id: string): string {
  return id.startsWith('residual:') ? t('effect.residual', { system: id.slice('residual:'.length) }) : id
}
