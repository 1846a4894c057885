import type { Effect } from '../../domain/shutdown/effect.ts'
import { effectOfRound } from '../../http/round-effect.ts'
import { sayName } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { findSystemsByKey } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

/** What a round of counts changed in the shutdown analysis, in sentences; empty when it changed no answer. */
export async function effectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const effect = await effectOfRound(visit, entries)
  return effect ? sayEffect(visit, effect, await loadNames(visit, effect)) : []
}

type Names = ReadonlyMap<string, string>

/** What the systems of residual blockers are called, by their keys. */
async function loadNames({ context, language }: Visit, effect: Effect): Promise<Names> {
  const ids = [...effect.blockersGone, ...effect.blockersNew].filter(id => id.startsWith(RESIDUAL))
  const systems = await findSystemsByKey(context.db, [...new Set(ids.map(id => id.slice(RESIDUAL.length)))])
  return new Map(systems.map(system => [`${RESIDUAL}${system.key}`, sayName(language, system)]))
}

const RESIDUAL = 'residual:'
const SHOWN = 10

export function sayEffect({ t }: Visit, effect: Effect, names: Names): string[] {
  const say = (name: Exclude<keyof Effect, 'otherwise'>) =>
    effect[name].length === 0 ? [] : [t(`effect.${name}`, sayIds(t, effect[name], names))]
  return [
    ...say('nowReady'),
    ...say('nowFree'),
    ...say('nowAfterOthers'),
    ...say('noLongerReady'),
    ...effect.otherwise.map(({ from, to, services }) => {
      const verdicts = { from: t(`verdict.${from}`), to: t(`verdict.${to}`) }
      return t('effect.otherwise', { ...verdicts, ...sayIds(t, services, names) })
    }),
    ...say('blockersGone'),
    ...say('blockersNew'),
  ]
}

function sayIds(t: Visit['t'], ids: readonly string[], names: Names) {
  const shown = ids.slice(0, SHOWN).map(id => sayId(t, id, names))
  const more = ids.length > SHOWN ? t('effect.more', { count: ids.length - SHOWN }) : ''
  return { count: ids.length, ids: shown.join(t('effect.comma')) + more }
}

/** A count lifts or sets only residual blockers; services are called by their keys. */
function sayId(t: Visit['t'], id: string, names: Names): string {
  return id.startsWith(RESIDUAL)
    ? t('effect.residual', { system: names.get(id) ?? id.slice(RESIDUAL.length) })
    : id
}
