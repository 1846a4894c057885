import { listMoved } from '../domain/shutdown/comparison.ts'
import { findService } from '../domain/shutdown/service.ts'
import type { ChangeEffect } from '../http/change-effect.ts'
import { loadForecastDays } from '../http/forecast-days.ts'
import { sayNumber } from '../http/words.ts'
import type { Visit } from './visit.ts'
import { sayServiceMoment } from './when-words.ts'

/** Services whose dates are told one by one. */
const NAMED = 5

/** Whose dates a change moved without another verdict, those that moved most first. */
export async function sayMovedDates(
  visit: Visit,
  { before, after, outlooks }: Pick<ChangeEffect, 'before' | 'after' | 'outlooks'>,
): Promise<string[]> {
  const { t, language, context } = visit
  const then = new Map([...outlooks.values()].map(outlook => [outlook.system.key, outlook]))
  const days = [await loadForecastDays(context, then), await loadForecastDays(context)]
  const moved = listMoved(before, after).filter(({ id }) => verdictIn(before, id) === verdictIn(after, id))
  const said: string[] = []
  let seen = 0
  for (; seen < moved.length && said.length < NAMED; seen++) said.push(...sayMove(moved[seen]!.id))
  const count = moved.length - seen
  return count > 0 ? [...said, t('effect.moved.more', { count, number: sayNumber(language, count) })] : said

  /** Nothing where both are said alike: a forecast is no more exact than that. */
  function sayMove(service: string): string[] {
    const earliest = datesOf(service, 'earliest')
    const planned = datesOf(service, 'planned')
    const names = [
      ...(earliest.from === earliest.to ? [] : ['earliest']),
      ...(planned.from === planned.to ? [] : ['planned']),
    ]
    if (names.length === 0) return []
    if (names.length === 1) {
      const [name] = names
      return [t(`effect.moved.${name}`, { service, ...(name === 'earliest' ? earliest : planned) })]
    }
    if (earliest.from === planned.from && earliest.to === planned.to)
      return [t('effect.moved.both', { service, ...earliest })]
    const values = {
      earliestFrom: earliest.from,
      earliestTo: earliest.to,
      from: planned.from,
      to: planned.to,
    }
    return [t('effect.moved.each', { service, ...values })]
  }

  function datesOf(id: string, name: 'earliest' | 'planned') {
    const [from, to] = [before, after].map((judgement, at) => {
      const { text, chance } = sayServiceMoment(t, judgement, findService(judgement, id)!, name, days[at]!)
      return chance ? t('effect.moved.chance', { day: text, chance }) : text
    })
    return { from: from!, to: to! }
  }
}

function verdictIn({ verdicts, graph }: ChangeEffect['after'], id: string) {
  return verdicts[graph.numbers.get(id)!]
}
