import { outlooksAround } from '../../http/round-outlooks.ts'
import { sayName } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { Visit } from '../visit.ts'
import { leaksOf, sayLeakOf } from './open-leaks.ts'
import { sayOutlookDates, sayOutlookWithin } from './outlook-words.ts'

/** How a round of counts moved the forecasts, in sentences: with its readings, and as if they had not been entered. */
export async function forecastEffectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const { language } = visit
  return (await outlooksAround(visit, entries)).flatMap(({ before, after }) => {
    const system = sayName(language, after.system)
    return [...sayMoved(visit, system, before, after), ...sayNewLeaks(visit, before, after)]
  })
}

/** Dates that stay are told once. */
function sayMoved(visit: Visit, system: string, before: Outlook, after: Outlook): string[] {
  const { t } = visit
  const [from, to] = [say(visit, before), say(visit, after)]
  if (from.dates === to.dates && from.chance === to.chance) return []
  if (from.dates === to.dates && from.chance && to.chance)
    return [t('forecast.movedChance', { system, dates: to.dates, from: from.chance, to: to.chance })]
  const [then, now] = [from, to].map(({ dates, chance }) =>
    chance ? t('forecast.both', { dates, chance }) : dates,
  )
  return [t('forecast.moved', { system, from: then, to: now })]
}

/** By name, as a system that had a leak already goes on as it was. */
function sayNewLeaks(visit: Visit, before: Outlook, after: Outlook): string[] {
  const known = new Set(leaksOf(before).map(({ residual }) => residual.id))
  return leaksOf(after)
    .filter(({ residual }) => !known.has(residual.id))
    .map(({ residual, leak }) => visit.t('forecast.newLeak', { leak: sayLeakOf(visit, residual, leak) }))
}

function say(visit: Visit, outlook: Outlook): { dates: string; chance: string | null } {
  return { dates: sayOutlookDates(visit, outlook).text, chance: sayOutlookWithin(visit, outlook) }
}
