import type { Day } from '../../domain/calendar.ts'
import { arrivalRange } from '../../domain/forecast/arrival-range.ts'
import { type Assumption, jointStatements } from '../../domain/forecast/joint.ts'
import type { Statements } from '../../domain/forecast/statements.ts'
import { type Bound, sayBound, sayChanceRange } from '../../http/chances.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { Visit } from '../visit.ts'
import { sayArrivalRange } from './forecast-words.ts'
import { leaksOf } from './open-leaks.ts'

/** A system's forecast in the room of a table cell. */

type Both = Record<Assumption, Statements>

const known = new WeakMap<Outlook, Both | null>()

/** Both ends of what is said about a system; null without a forecast, or when it is empty already. */
export function outlookStatements(outlook: Outlook, today: Day): Both | null {
  const kept = known.get(outlook)
  if (kept !== undefined) return kept
  const { joint, system } = outlook
  const both = joint.kind === 'running' ? jointStatements(joint.parts, today, system.targetOn) : null
  known.set(outlook, both)
  return both
}

/** "half by 2027-06 to 2028-02, 85% by 2028-04 to 2028-08": by month, each from the hopeful to the cautious end; or why there is none. */
export function sayOutlookDates({ t, today }: Visit, outlook: Outlook): { text: string; isUnknown: boolean } {
  const { joint, system } = outlook
  if (system.status === 'retired' || system.status === 'cancelled') return { text: '', isUnknown: false }
  if (system.status !== 'draining' && leaksOf(outlook).length > 0)
    return { text: t('forecast.short.heldLeak'), isUnknown: true }
  if (system.status !== 'draining') return { text: t(`status.${system.status}`), isUnknown: false }
  if (joint.kind === 'done') return { text: t('forecast.short.done'), isUnknown: false }
  if (joint.kind === 'unknown') {
    return { text: t(`forecast.short.${joint.because[0]!.reason.code}`), isUnknown: true }
  }
  const range = arrivalRange(outlookStatements(outlook, today)!, joint.parts)
  return { text: sayArrivalRange(t, range, 'month'), isUnknown: false }
}

/** The chance first, since the dates hold only if it comes true: "13 % to 47 %", "if so, half by 2027-06 to 2028-02, ...". */
export function sayOutlookIfSo(visit: Visit, outlook: Outlook) {
  const within = sayOutlookWithin(visit, outlook)
  const dates = sayOutlookDates(visit, outlook)
  const hasDates = outlookStatements(outlook, visit.today)?.dependent.arrival.kind === 'dates'
  const forecast = hasDates ? { ...dates, text: visit.t('forecast.ifSo', { dates: dates.text }) } : dates
  return { within, forecast }
}

/** Chance within two years, the dates, the chance by the target: what there is room for in a list. Nothing without a forecast. */
export function sayOutlookLines(visit: Visit, outlook: Outlook): string[] {
  const { t } = visit
  const { within, forecast } = sayOutlookIfSo(visit, outlook)
  if (within === null) return []
  const chance = sayOutlookChance(visit, outlook)
  return [
    t('forecast.withinShort', { chance: within }),
    forecast.text,
    ...(chance ? [t('forecast.byTargetShort', { chance, day: outlook.system.targetOn })] : []),
  ]
}

/** The chance to meet the target; null without a forecast or a target ahead. */
export function sayOutlookChance({ t, today }: Visit, outlook: Outlook): string | null {
  const { targetOn } = outlook.system
  if (!targetOn || targetOn <= today) return null
  const both = outlookStatements(outlook, today)
  const [low, high] = [both?.independent.byTarget, both?.dependent.byTarget]
  return low && high ? sayChanceRange(t, low.said, high.said, boundOf(outlook)) : null
}

/** The chance within two years; null without a forecast. */
export function sayOutlookWithin({ t, today }: Visit, outlook: Outlook): string | null {
  const both = outlookStatements(outlook, today)
  return both && sayChanceRange(t, both.independent.within.said, both.dependent.within.said, boundOf(outlook))
}

function boundOf({ joint }: Outlook): Bound {
  return joint.kind === 'running' ? sayBound(joint.parts) : 'exact'
}
