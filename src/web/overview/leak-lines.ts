import type { Leak } from '../../domain/forecast/leaks.ts'
import { sayCount, sayName } from '../../http/words.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import { leaksOf } from '../forecast/open-leaks.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'
import { byBlocks } from './by-blocks.ts'

/** At most so many, the newest first. */
const NOTED = 200

/** Leaks, each as long as it suspends its forecast. */
export async function leakLines({ context, t, language, today }: Visit): Promise<AttentionLine[]> {
  const { outlooks } = await loadOutlookSoFar(context.db, today)
  const leaks = leaksByBlock(outlooks, today).flat().sort(newestFirst).slice(0, NOTED)
  return leaks.map(({ system, residual, leak }) => ({
    kind: 'leak',
    text: t('attention.leak', {
      system: sayName(language, system),
      residual: sayName(language, residual),
      count: sayCount(t, language, residual.latest),
      day: leak.since,
    }),
    next: { text: t('attention.next.leak'), href: `/residuals/${residual.id}` },
    isAlarm: true,
  }))
}

const leaksByBlock = byBlocks(outlooks =>
  outlooks
    .flatMap(outlook => leaksOf(outlook).map(one => ({ ...one, system: outlook.system })))
    .sort(newestFirst)
    .slice(0, NOTED),
)

function newestFirst(one: { leak: Leak }, other: { leak: Leak }): number {
  return Number(one.leak.since < other.leak.since) - Number(one.leak.since > other.leak.since)
}
