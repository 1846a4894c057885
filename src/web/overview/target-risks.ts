import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import { systemPath } from '../addresses.ts'
import { outlookStatements, sayOutlookChance } from '../forecast/outlook-words.ts'
import type { Visit } from '../visit.ts'
import { sayName } from '../words.ts'
import type { AttentionLine } from './attention.ts'

/** At most so many, the least likely first. */
const NOTED = 200

/** Targets ahead that even the hopeful end of the forecast is likely to miss. */
export async function riskLines(visit: Visit): Promise<AttentionLine[]> {
  const { context, t, language, today } = visit
  const outlooks = [...(await loadOutlookSoFar(context.db, today)).outlooks.values()]
  const atRisk = outlooks.flatMap(outlook => {
    const { targetOn } = outlook.system
    if (!targetOn || targetOn <= today) return []
    const chance = outlookStatements(outlook, today)?.dependent.byTarget?.chance
    return chance !== undefined && chance < context.config.RISK_PERCENT / 100 ? [{ outlook, chance }] : []
  })
  atRisk.sort((one, other) => one.chance - other.chance)
  return atRisk.slice(0, NOTED).map(({ outlook }) => ({
    kind: 'target_at_risk',
    text: t('attention.target_at_risk', {
      system: sayName(language, outlook.system),
      day: outlook.system.targetOn,
      chance: sayOutlookChance(visit, outlook) ?? '',
    }),
    next: {
      text: t('attention.next.target_at_risk'),
      href: `${systemPath(outlook.system.key)}#forecast`,
    },
    isAlarm: false,
  }))
}
