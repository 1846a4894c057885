import type { Leak } from '../../domain/forecast/leaks.ts'
import { outlooksAround } from '../../http/round-outlooks.ts'
import { sayName, sayNumber } from '../../http/words.ts'
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
    return [...sayMoved(visit, system, before, after), ...sayLeaks(visit, before, after)]
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

/** By name, as a system with a leak, or with several, may go on as it was. */
function sayLeaks(visit: Visit, before: Outlook, after: Outlook): string[] {
  const [known, open] = [before, after].map(outlook => new Map(leaksOf(outlook).map(keyed)))
  const over = [...known!.values()].filter(({ residual }) => !open!.has(residual.id))
  return [
    ...open!.values().flatMap(now => sayLeak(visit, known!.get(now.residual.id)?.leak, now)),
    ...over.map(({ residual }) =>
      visit.t('forecast.leak.over', { residual: sayName(visit.language, residual) }),
    ),
  ]
}

type Leaking = ReturnType<typeof leaksOf>[number]

function keyed(leaking: Leaking): [number, Leaking] {
  return [leaking.residual.id, leaking]
}

function sayLeak(visit: Visit, before: Leak | undefined, { residual, leak: now }: Leaking): string[] {
  const { t, language } = visit
  const leak = sayLeakOf(visit, residual, now)
  if (!before) return [t('forecast.leak.new', { leak })]
  if (sayLeakOf(visit, residual, before) === leak) return []
  const more = isExact(before) && isExact(now) ? now.by - before.by : 0
  const from = sayNumber(language, before.by ?? 0)
  if (more === 0) return [t('forecast.leak.other', { leak })]
  return [t(`forecast.leak.${more > 0 ? 'grown' : 'shrunk'}`, { leak, from })]
}

function isExact(leak: Leak): leak is Leak & { by: number } {
  return leak.by !== null && !leak.isAtLeast
}

function say(visit: Visit, outlook: Outlook): { dates: string; chance: string | null } {
  return { dates: sayOutlookDates(visit, outlook).text, chance: sayOutlookWithin(visit, outlook) }
}
