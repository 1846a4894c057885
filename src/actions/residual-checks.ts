import { isZero } from '../domain/readings.ts'
import type { ResidualState } from '../store/residuals.ts'
import { InputRefused, NeedsConfirmation } from './refusal.ts'

/** A day on which nobody says what there was would be shown nowhere. */
export function refuseDayAlone({
  baseline,
  baselineOn,
}: Pick<ResidualState, 'baseline' | 'baselineOn'>): void {
  if (baselineOn && baseline === null)
    throw new InputRefused([{ path: 'baseline', code: 'residual.baseline_missing' }])
}

type Amount = Pick<ResidualState, 'baseline' | 'unit'>

/**
 * The unit stays once something was counted in it: 54 orders do not become 54 reports. What there was to begin with is
 * another amount in another unit, and changes only with a reason.
 */
export function refuseOtherAmount(
  row: ResidualState,
  { baseline, unit, baselineReason }: Amount & { baselineReason: string | null },
): void {
  const isOtherUnit = unit !== row.unit
  if (isOtherUnit && row.latest) throw new InputRefused([{ path: 'unit', code: 'residual.unit_counted' }])
  if (row.baseline === null || baselineReason) return
  if (baseline !== row.baseline)
    throw new InputRefused([{ path: 'baselineReason', code: 'residual.baseline_reason_needed' }])
  const values = { total: baseline, ownUnit: row.unit, typedUnit: unit }
  if (isOtherUnit)
    throw new InputRefused([{ path: 'baselineReason', code: 'residual.baseline_unit', values }])
}

/** Less than what is there by now: more often one of the two is wrong than that new work came in. */
export function askAboutBaseline(
  { latest, unit, ...row }: ResidualState,
  { baseline, answers }: { baseline: number | null; answers: readonly string[] },
): void {
  if (baseline === null || baseline === row.baseline || !latest || baseline >= latest.count) return
  const { count, qualifier, day } = latest
  const answer = `residual.baseline_below:${baseline}:${count}:${qualifier}`
  if (answers.includes(answer)) return
  const values = { total: baseline, count, qualifier, unit, day }
  throw new NeedsConfirmation([{ path: 'baseline', code: 'residual.baseline_below', values, answer }])
}

type Closing = { isLast: boolean; answers: readonly string[] }

/** One that is not known to be zero, and the last open one. */
export function askBeforeClosing({ latest, unit }: ResidualState, { isLast, answers }: Closing): void {
  const { count = 0, qualifier = 'exact' } = latest ?? {}
  const state = !latest ? 'unknown' : isZero(latest) ? 'zero' : 'open'
  const answer = (latest ? `close:${count}:${qualifier}` : 'close:unknown') + (isLast ? ':last' : '')
  if ((state === 'zero' && !isLast) || answers.includes(answer)) return
  const code = `residual.close_${isLast ? 'last_' : ''}${state}`
  throw new NeedsConfirmation([{ path: 'on', code, values: { count, qualifier, unit }, answer }])
}
