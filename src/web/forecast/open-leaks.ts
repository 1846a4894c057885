import type { Leak } from '../../domain/forecast/leaks.ts'
import { leakOf } from '../../domain/forecast/residual.ts'
import { closedUp, sayCount, sayName, sayNumber } from '../../http/words.ts'
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
    text: sayLeakOf(visit, residual, leak),
  }))
}

/** "30 more came in on 2026-03-20", without the number where nobody can say it. */
export function sayCameIn(visit: Visit, leak: Leak): string {
  const { key, values } = leakWords(visit, leak)
  return closedUp(visit.t(`forecast.cameIn.${key}`, values))
}

/** "Shanghai, 30 more on 2026-03-20". */
export function sayLeakOf(visit: Visit, residual: Named, leak: Leak): string {
  const { key, values } = leakWords(visit, leak)
  return closedUp(visit.t(`intake.leak.${key}`, { residual: sayName(visit.language, residual), ...values }))
}

type Named = { name: string; nameEn: string | null }

function leakWords({ t, language }: Visit, { since, by, isAtLeast, isRepeated }: Leak) {
  const count = { count: by ?? 0, qualifier: isAtLeast ? 'at_least' : 'exact' } as const
  const number = sayCount(t, language, count)
  const more = t(`intake.more.${count.qualifier}`, { number: sayNumber(language, count.count) })
  const often = isRepeated ? 'again' : 'once'
  return { key: by === null ? often : `${often}By`, values: { day: since, number, more } }
}
