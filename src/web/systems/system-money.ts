import { costOfMonth, isInForce, type MonthlyCost } from '../../domain/monthly-cost.ts'
import { leakageOf, realisedSaving } from '../../domain/savings.ts'
import { COST_KINDS } from '../../domain/vocabulary.ts'
import { systemPath } from '../../http/addresses.ts'
import { sayMonthly, sayNumber } from '../../http/words.ts'
import type { CostRow, ExpectedSaving } from '../../store/nouns.ts'
import type { SystemState } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'

type Kept = { costs: CostRow[]; savings: ExpectedSaving[] }

/** What a system costs every month, what its end has saved, and what somebody expects it to save. */
export function moneyOfSystem(visit: Visit, system: SystemState, { costs, savings }: Kept) {
  const { t, language, today } = visit
  const { status, statusOn } = system
  const costed = { status, statusOn, costs }
  const realised = realisedSaving(costed, today)
  const leakage = leakageOf(costed, today)
  const path = systemPath(system.key)
  return {
    now: COST_KINDS.map(kind => ({ label: t(`costKind.${kind}`), ...costOfKind(visit, costs, kind) })),
    realised: realised.length > 0 ? sayMonthly(t, language, realised) : null,
    isRetired: status === 'retired',
    leakage: leakage.length > 0 ? sayMonthly(t, language, leakage) : null,
    costs: costs.map(cost => ({
      ...lineOf(visit, cost),
      from: cost.fromOn ? t('costs.from', { day: cost.fromOn }) : t('costs.sinceAlways'),
      standing: isInForce(costs, cost, today) ? t('costs.inForce') : t('costs.notInForce'),
      edit: `/costs/${cost.id}/edit`,
      withdraw: `/costs/${cost.id}/withdraw`,
    })),
    savings: savings.map(saving => ({
      ...lineOf(visit, saving),
      edit: `/savings/${saving.id}/edit`,
      withdraw: `/savings/${saving.id}/withdraw`,
    })),
    addCost: `${path}/costs/new`,
    addSaving: `${path}/savings/new`,
  }
}

/** Nobody said what it costs: that is unknown, and no 0. */
function costOfKind({ t, language, today }: Visit, costs: readonly MonthlyCost[], kind: string) {
  const { known } = costOfMonth(
    costs.filter(cost => cost.kind === kind),
    today,
  )
  return { value: known.length > 0 ? sayMonthly(t, language, known) : null }
}

function lineOf({ t, language }: Visit, row: CostRow | ExpectedSaving) {
  const months = 'personMonths' in row ? row.personMonths : null
  const amount =
    months !== null
      ? t('costs.personMonths', { count: months, number: sayNumber(language, months) })
      : sayMonthly(t, language, [{ fen: row.amountFen ?? 0, currency: row.currency ?? '' }])
  return { kind: t(`costKind.${row.kind}`), amount, note: row.note, source: row.source }
}
