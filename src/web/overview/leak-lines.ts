import type { Leak } from '../../domain/forecast/leaks.ts'
import { sayCount, sayName } from '../../http/words.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { leaksOf, leakWords } from '../forecast/open-leaks.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'
import { byBlocks } from './by-blocks.ts'

/** At most so many, the newest first. */
const NOTED = 200

/** Leaks, each as long as it suspends its forecast. */
export async function leakLines(visit: Visit): Promise<AttentionLine[]> {
  const { context, today } = visit
  const { outlooks } = await loadOutlookSoFar(context.db, today)
  const leaks = leaksByBlock(outlooks, today).flat().sort(newestFirst).slice(0, NOTED)
  return leaks.map(leaking => ({
    kind: 'leak',
    text: sayLeak(visit, leaking),
    next: { text: visit.t('attention.next.leak'), href: `/residuals/${leaking.residual.id}` },
    isAlarm: true,
  }))
}

type Leaking = ReturnType<typeof leaksOf>[number] & Pick<Outlook, 'system'>

function sayLeak(visit: Visit, { system, residual, leak }: Leaking): string {
  const { t, language } = visit
  const { key, values } = leakWords(visit, leak)
  return t(`attention.leak.${key}`, {
    ...values,
    system: sayName(language, system),
    residual: sayName(language, residual),
    count: sayCount(t, language, residual.latest),
  })
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
