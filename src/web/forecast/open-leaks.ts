import type { Leak } from '../../domain/forecast/leaks.ts'
import { leakOf } from '../../domain/forecast/residual.ts'
import { closedUp, sayName, sayNumber } from '../../http/words.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { Visit } from '../visit.ts'

/** The residuals with an open leak, each with that leak. */
export function leaksOf({ residuals }: Outlook) {
  return residuals.flatMap(({ residual, forecast }) => {
    const leak = leakOf(forecast)
    return leak ? [{ residual, leak }] : []
  })
}

export type OpenLeak = { id: number; href: string; text: string }

/** "上海德祐, 500 more on 2026-03-20", by residual. */
export function sayOpenLeaks(visit: Visit, outlook: Outlook): OpenLeak[] {
  return leaksOf(outlook).map(({ residual, leak }) => ({
    id: residual.id,
    href: `/residuals/${residual.id}`,
    text: sayLeakOf(visit, sayName(visit.language, residual), leak),
  }))
}

/** "30 more came in on 2026-03-20", without the number where nobody can say it. */
export function sayCameIn(visit: Visit, leak: Leak): string {
  const { key, values } = leakWords(visit, leak)
  return closedUp(visit.t(`forecast.cameIn.${key}`, values))
}

/** "Shanghai, 30 more on 2026-03-20". */
export function sayLeakOf(visit: Visit, residual: string, leak: Leak): string {
  const { key, values } = leakWords(visit, leak)
  return closedUp(visit.t(`intake.leak.${key}`, { residual, ...values }))
}

/** How it rose, once or again, with its size where that is known. */
export function leakWords({ t, language }: Visit, leak: Leak) {
  const { since: day, by, isRepeated } = leak
  const often = isRepeated ? 'again' : 'once'
  if (by === null) return { key: often, values: { day } }
  const more = t(`intake.more.${surenessOf(leak)}`, { number: sayNumber(language, by) })
  return { key: `${often}By`, values: { day, number: saySize({ t, language }, leak), more } }
}

/** "30", "at least about 30", of a leak of which the size is known. */
export function saySize({ t, language }: Pick<Visit, 't' | 'language'>, leak: Leak): string {
  return t(`intake.size.${surenessOf(leak)}`, { number: sayNumber(language, leak.by ?? 0) })
}

function surenessOf({ isAtLeast, isAbout }: Leak) {
  if (isAtLeast) return isAbout ? 'at_least_about' : 'at_least'
  return isAbout ? 'about' : 'exact'
}
