import { listMoved } from '../domain/shutdown/comparison.ts'
import { isDay, type When } from '../domain/shutdown/moments.ts'
import { findService } from '../domain/shutdown/service.ts'
import type { ChangeEffect } from '../http/change-effect.ts'
import { loadForecastDays } from '../http/forecast-days.ts'
import { closedUp, sayNumber } from '../http/words.ts'
import type { Visit } from './visit.ts'
import { sayServiceMoment } from './when-words.ts'

/** So many lines, each of services whose dates move alike, of which so many are named. */
const LINES = 5
const NAMED = 5
/** Of more than so many it is not asked who moves alike. */
const LOOKED_AT = 200

export type Move = { name: 'both' | 'earliest' | 'planned' | 'each'; values: Record<string, string> }
export type Moves = (service: string) => Move | null

type Judged = Pick<ChangeEffect, 'before' | 'after' | 'outlooks'>

/** How the dates of a service moved; null where both are said alike: a forecast is no more exact than that. */
export async function movesIn({ t, context }: Visit, { before, after, outlooks }: Judged): Promise<Moves> {
  const then = new Map([...outlooks.values()].map(outlook => [outlook.system.key, outlook]))
  const days = [await loadForecastDays(context, then), await loadForecastDays(context)]
  return service => {
    const [earliest, planned] = [datesOf(service, 'earliest'), datesOf(service, 'planned')]
    const [isEarliest, isPlanned] = [earliest, planned].map(({ from, to }) => from !== to)
    if (!isEarliest) return isPlanned ? { name: 'planned', values: planned } : null
    if (!isPlanned) return { name: 'earliest', values: earliest }
    if (earliest.from === planned.from && earliest.to === planned.to)
      return { name: 'both', values: earliest }
    return { name: 'each', values: { earliestFrom: earliest.from, earliestTo: earliest.to, ...planned } }
  }

  function datesOf(id: string, name: 'earliest' | 'planned') {
    const [from, to] = [before, after].map((judgement, at) => {
      const { text, chance } = sayServiceMoment(t, judgement, findService(judgement, id)!, name, days[at]!)
      return chance ? t('effect.moved.chance', { day: text, chance }) : text
    })
    return { from: from!, to: to! }
  }
}

/**
 * Of those whose verdict turned, it is told which day they lose, and days to come: that it can go today or has no day, the
 * verdicts say.
 */
export function datedMoves({ before, after }: Judged, moves: Moves): Moves {
  return service => {
    const [was, is] = [before, after].map(judgement => findService(judgement, service)!)
    if (was!.verdict === 'OFF' || is!.verdict === 'OFF') return null
    return isDay(was!.earliest) || isAhead(is!.earliest) || isAhead(is!.planned) ? moves(service) : null
  }

  function isAhead(when: When | null) {
    return isDay(when) && when > after.today
  }
}

/** Whose dates a change moved without another verdict: the service in hand first, then those that moved most. */
export function sayMovedDates(
  { t, language }: Visit,
  { before, after }: Judged,
  moves: Moves,
  own?: string,
): string[] {
  const moved = listMoved(before, after)
    .filter(({ id }) => verdictIn(before, id) === verdictIn(after, id))
    .sort((a, b) => Number(b.id === own) - Number(a.id === own))
  const told = moved.slice(0, LOOKED_AT).flatMap(({ id }) => {
    const move = moves(id)
    return move ? [{ id, move }] : []
  })
  const lines = [...Map.groupBy(told, ({ move }) => JSON.stringify(move)).values()]
  const said = lines.slice(0, LINES)
  const count = told.length - said.flat().length + Math.max(0, moved.length - LOOKED_AT)
  return [
    ...said.map(sayLine),
    ...(count > 0 ? [t('effect.moved.more', { count, number: sayNumber(language, count) })] : []),
  ]

  function sayLine(services: { id: string; move: Move }[]): string {
    const { name, values } = services[0]!.move
    const named = services.slice(0, NAMED).map(({ id }) => id)
    const count = services.length - named.length
    const few = named.join(t('effect.comma'))
    const service = count > 0 ? t('effect.moved.several', { few, number: sayNumber(language, count) }) : few
    return closedUp(t(`effect.moved.${name}`, { ...values, service }))
  }
}

function verdictIn({ verdicts, graph }: ChangeEffect['after'], id: string) {
  return verdicts[graph.numbers.get(id)!]
}
