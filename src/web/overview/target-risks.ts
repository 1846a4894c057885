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
  const least = chancesOf(outlooks, today).flatMap(some => some.slice(0, firstFrom(some, limit)))
  const atRisk = least.sort(byChance).slice(0, NOTED)
  return atRisk.map(({ outlook }) => ({
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

type Chance = { outlook: Outlook; chance: number }

/** The least chances of targets that are still ahead, at the hopeful end, in order. */
const chancesOf = byBlocks((outlooks, today) =>
  outlooks
    .flatMap((outlook): Chance[] => {
      const { targetOn } = outlook.system
      const chance = targetOn && targetOn > today ? chanceOf(outlook, today) : undefined
      return chance === undefined ? [] : [{ outlook, chance }]
    })
    .sort(byChance)
    .slice(0, NOTED),
)

function byChance(one: Chance, other: Chance): number {
  return one.chance - other.chance
}

/** Where in an ordered list the chances begin that are no risk. */
function firstFrom(chances: readonly Chance[], limit: number): number {
  const first = chances.findIndex(({ chance }) => chance >= limit)
  return first === -1 ? chances.length : first
}

function chanceOf(outlook: Outlook, today: Day): number | undefined {
  return outlookStatements(outlook, today)?.dependent.byTarget?.chance
}
