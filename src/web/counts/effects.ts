import { knownOfSum } from '../../domain/known-cost.ts'
import { type Effect, freedBetween } from '../../domain/shutdown/effect.ts'
import { type ChangeEffect, effectOfRound } from '../../http/change-effect.ts'
import { judgedFor } from '../../http/judged.ts'
import { sayName } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { findSystemsByKey } from '../../store/systems.ts'
import { forecastEffectsOf } from '../forecast/forecast-effects.ts'
import { datedMoves, type Move, type Moves, movesIn, sayMovedDates } from '../moved-dates.ts'
import { sayMovedLapses } from '../moved-lapses.ts'
import { moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'

/** What a round of counts changed in the shutdown analysis and the forecasts, in sentences; empty when it changed no answer. */
export async function effectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const change = await effectOfRound(visit, entries)
  const forecasts = await forecastEffectsOf(visit, entries)
  if (!change) return forecasts
  const moves = await movesIn(visit, change)
  const names = await loadNames(visit, change.effect)
  return [
    ...sayEffect(visit, change.effect, names, datedMoves(change, moves)),
    ...(await sayFreed(visit, change)),
    ...forecasts,
    ...sayMovedDates(visit, change, moves),
    ...(await sayMovedLapses(visit, change)),
  ]
}

/** What the services cost that nothing holds any more; nothing is said where that is unknown. */
export async function sayFreed(visit: Visit, { before, after }: ChangeEffect): Promise<string[]> {
  const { services, cost } = freedBetween(before, after)
  if (services.length === 0) return []
  const judged = await judgedFor(visit)
  const sum = { cost, ...knownOfSum(services, judged.knownCosts) }
  const { text, isUnknown } = moneyOfServices(visit, judged).monthly(sum)
  return isUnknown ? [] : [visit.t('effect.freed', { money: text, count: services.length })]
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
/** Of more than so many, or in more ways than that, it is only said whose verdict turned. */
const LOOKED_AT = 200
const WAYS = 3

/** `moves` tells how the dates of a service moved whose verdict turned; one that can go now goes today. */
export function sayEffect({ t }: Visit, effect: Effect, names: Names, moves: Moves = () => null): string[] {
  const say = (name: Exclude<keyof Effect, 'otherwise'>) =>
    effect[name].length === 0 ? [] : [t(`effect.${name}`, sayIds(t, effect[name], names))]
  return [
    ...say('nowReady'),
    ...(['nowFree', 'nowAfterOthers', 'noLongerReady'] as const).flatMap(name =>
      sayTurned(name, effect[name]),
    ),
    ...effect.otherwise.flatMap(({ from, to, services }) =>
      sayTurned('otherwise', services, { from: t(`verdict.${from}`), to: t(`verdict.${to}`) }),
    ),
    ...say('blockersGone'),
    ...say('blockersNew'),
  ]

  function sayTurned(name: keyof Effect, services: string[], verdicts = {}): string[] {
    return alike(services, moves).map(({ move, ids }) => {
      const turn = t(`effect.${name}`, { ...verdicts, ...sayIds(t, ids, names) })
      return move ? t(`effect.turned.${move.name}`, { ...move.values, turn }) : turn
    })
  }
}

type Alike = { move: Move | null; ids: string[] }

function alike(services: string[], moves: Moves): Alike[] {
  if (services.length === 0) return []
  const all = [{ move: null, ids: services }]
  if (services.length > LOOKED_AT) return all
  const told = services.map(id => ({ id, move: moves(id) }))
  const ways = [...Map.groupBy(told, ({ move }) => JSON.stringify(move)).values()]
  return ways.length > WAYS ? all : ways.map(some => ({ move: some[0]!.move, ids: some.map(({ id }) => id) }))
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
