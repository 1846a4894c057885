import { outlooksAround } from '../../http/round-outlooks.ts'
import { sayName } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { Visit } from '../visit.ts'
import { sayOutlookDates, sayOutlookWithin } from './outlook-words.ts'

/** How a round of counts moved the forecasts, in sentences: with its readings, and as if they had not been entered. */
export async function forecastEffectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const { t, language } = visit
  return (await outlooksAround(visit, entries)).flatMap(({ before, after }) => {
    const [from, to] = [say(visit, before), say(visit, after)]
    return from === to ? [] : [t('forecast.moved', { system: sayName(language, after.system), from, to })]
  })
}

function say(visit: Visit, outlook: Outlook): string {
  const within = sayOutlookWithin(visit, outlook)
  const dates = sayOutlookDates(visit, outlook).text
  return within ? visit.t('forecast.both', { dates, chance: within }) : dates
}
