import { listOverdueUses, type OverdueUse } from '../../domain/shutdown/overdue-uses.ts'
import { servicePath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import type { Visit } from '../visit.ts'
import type { AttentionLine } from './attention-line.ts'

/** At most so many of each. */
const NOTED = 200

/** Uses of what is to go that were to end by now, longest overdue first. */
export async function overdueUses(visit: Visit): Promise<AttentionLine[]> {
  const { judgement } = await judgedFor(visit)
  const { services, externals } = listOverdueUses(judgement)
  const lines = (uses: readonly OverdueUse[], place: 'consumers' | 'externals') =>
    uses
      .toSorted((a, b) => (a.since < b.since ? -1 : Number(a.since > b.since)))
      .slice(0, NOTED)
      .map(use => lineOf(visit, use, place))
  return [...lines(services, 'consumers'), ...lines(externals, 'externals')]
}

function lineOf({ t }: Visit, use: OverdueUse, place: 'consumers' | 'externals'): AttentionLine {
  return {
    kind: 'overdue_use',
    text: t(`attention.overdue_use.${place}`, use),
    next: { text: t('attention.next.overdue_use'), href: `${servicePath(use.provider)}#${place}` },
    isAlarm: true,
  }
}
