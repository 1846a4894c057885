import { pageWith, systemPath } from '../../http/addresses.ts'
import { sayCount, sayName } from '../../http/words.ts'
import type { ResidualState } from '../../store/residuals.ts'
import { findRoundResiduals, listRoundOfSystem, type RoundResidual } from '../../store/round.ts'
import type { SystemState } from '../../store/systems.ts'
import type { SentRound } from '../counts/round.ts'
import { toRoundForm } from '../counts/round-form.ts'
import type { OpenLeak } from '../forecast/open-leaks.ts'
import type { Visit } from '../visit.ts'

const SHOWN = 50

/** The residuals of a system as a round of counts, and the closed ones. */
export async function residualsOfSystem(
  visit: Visit,
  system: SystemState,
  { residuals, leaks }: { residuals: readonly ResidualState[]; leaks: readonly OpenLeak[] },
  sent: SentRound | null,
) {
  const { context, t, language } = visit
  const shown: RoundResidual[] = sent
    ? await findRoundResiduals(context.db, [...sent.typed.keys()])
    : await listRoundOfSystem(context.db, system.id, SHOWN)
  const closed = residuals.filter(residual => residual.closedOn)
  const round = await toRoundForm(visit, shown, sent, 'in-system')
  const isLeaking = (id: number) => leaks.some(leak => leak.id === id)
  return {
    round: {
      ...round,
      rows: round.rows.map(row => (isLeaking(row.id) ? { ...row, leak: t('attention.kind.leak') } : row)),
    },
    file: residuals.some(({ latest }) => latest) ? `${systemPath(system.key)}/readings.csv` : null,
    add: `${systemPath(system.key)}/residuals/new`,
    more: system.residualCount > SHOWN ? pageWith('/counts', { system: system.key }) : null,
    closed: closed.map(residual => ({
      name: sayName(language, residual),
      href: `/residuals/${residual.id}`,
      text: t(residual.latest ? 'residual.closedAt' : 'residual.closedUnknown', {
        day: residual.closedOn,
        count: sayCount(t, language, residual.latest),
        reason: residual.closedReason ?? '',
      }),
    })),
  }
}
