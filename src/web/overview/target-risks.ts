import type { Day } from '../../domain/calendar.ts'
import { systemPath } from '../../http/addresses.ts'
import { sayName } from '../../http/words.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { outlookStatements, sayOutlookChance } from '../forecast/outlook-words.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'
import { byBlocks } from './by-blocks.ts'

/** At most so many, the least likely first. */
const NOTED = 200

/** Targets ahead that even the hopeful end of the forecast is likely to miss. */
export async function riskLines(visit: Visit): Promise<AttentionLine[]> {
  const { context, t, language, today } = visit
  const { outlooks } = await loadOutlookSoFar(context.db, today)
  const limit = context.config.RISK_PERCENT / 100
  const atRisk = chancesOf(outlooks, today).flatMap(some => some.filter(({ chance }) => chance < limit))
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

/** The chances of all targets that are still ahead, at the hopeful end. */
const chancesOf = byBlocks((outlooks, today) =>
  outlooks.flatMap(outlook => {
    const { targetOn } = outlook.system
    const chance = targetOn && targetOn > today ? chanceOf(outlook, today) : undefined
    return chance === undefined ? [] : [{ outlook, chance }]
  }),
)

function chanceOf(outlook: Outlook, today: Day): number | undefined {
  return outlookStatements(outlook, today)?.dependent.byTarget?.chance
}
