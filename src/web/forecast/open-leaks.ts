import { sayName } from '../../http/words.ts'
import type { Outlook } from '../../store/forecasts.ts'
import type { Visit } from '../visit.ts'
import { sayLeak } from './forecast-words.ts'

/** The residuals whose forecast a leak suspends, each with that leak. */
export function leaksOf({ residuals }: Outlook) {
  return residuals.flatMap(({ residual, forecast }) =>
    forecast.kind === 'unknown' && forecast.reason.code === 'leak'
      ? [{ residual, leak: forecast.reason }]
      : [],
  )
}

export type OpenLeak = { id: number; href: string; text: string }

/** "上海德祐, 500 more on 2026-03-20", by residual. */
export function sayOpenLeaks(visit: Visit, outlook: Outlook): OpenLeak[] {
  const { t, language } = visit
  return leaksOf(outlook).map(({ residual, leak }) => {
    const number = sayLeak(visit, leak)
    const values = { residual: sayName(language, residual), day: leak.since, number }
    const text = t(number ? 'intake.leakBy' : 'intake.leak', values)
    return { id: residual.id, href: `/residuals/${residual.id}`, text }
  })
}
