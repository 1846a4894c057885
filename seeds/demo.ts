import { publishForecasts } from '../src/actions/forecasts.ts'
import { recordReadings, withdrawReading } from '../src/actions/readings.ts'
import { markRegisterSimulated } from '../src/actions/simulation.ts'
import type { Context } from '../src/context.ts'
import { countOn, readingDays, valueOn } from './demo-course.ts'
import { DRAINING } from './demo-draining.ts'
import { maturitySteps } from './demo-maturity.ts'
import { NEARLY_DONE } from './demo-nearly-done.ts'
import { OTHER_STATUSES } from './demo-other-statuses.ts'
import { PLANS_AND_TRIALS } from './demo-plans-and-trials.ts'
import { serviceSteps, useStep } from './demo-service-steps.ts'
import { SERVICES } from './demo-services.ts'
import { confirming, idOf, runSteps, type Step, type StepContext } from './demo-steps.ts'
import { systemSteps } from './demo-system-steps.ts'
import type { DemoResidual } from './demo-types.ts'
import { USES } from './demo-uses.ts'

const SYSTEMS = [...DRAINING, ...NEARLY_DONE, ...OTHER_STATUSES]
const RESIDUALS = SYSTEMS.flatMap(({ key, residuals }) =>
  residuals.map(residual => ({ name: `${key}/${residual.key}`, residual })),
)
const COUNTED_BY = 'Luna Sample'

/**
 * Plants the simulated register: a year that ends yesterday, always the same one, through the same actions as
 * any user's change. It is marked first, so that not even half of it passes for real.
 */
export async function plantDemo(context: Context): Promise<void> {
  await markRegisterSimulated(context)
  await runSteps(context, [
    ...SYSTEMS.flatMap(systemSteps),
    ...SERVICES.flatMap(serviceSteps),
    ...USES.map(useStep),
    ...PLANS_AND_TRIALS,
    ...readingDays().map((ago): Step => ({ ago, hour: 14, by: COUNTED_BY, act: at => countAll(at, ago) })),
    ...maturitySteps((name, ago) => valueOn(name, residualOf(name).course!, ago)),
    { ...CORRECTED, hour: 16, by: COUNTED_BY, act: correct },
    { ...MISTAKEN, hour: 16, by: COUNTED_BY, act: mistake },
  ])
}

function residualOf(asked: string): DemoResidual {
  return RESIDUALS.find(({ name }) => name === asked)!.residual
}

/** One round of counting: every residual that was due on that day. */
async function countAll(at: StepContext, ago: number): Promise<void> {
  const due = RESIDUALS.flatMap(({ name, residual }) => {
    const counted = countOn(name, residual, ago)
    return counted ? [[idOf(at, name), counted] as const] : []
  })
  const round = { day: at.day(ago), source: '周盘点（模拟）', counts: Object.fromEntries(due) }
  await confirming(answers => recordReadings(at.context, { ...round, answers }))
  await publishForecasts(at.context)
}

const CORRECTED = { ago: 64, name: 'moon-wallet/星湾' }

/** A second count of the same day: the first one is superseded. */
async function correct(at: StepContext): Promise<void> {
  const count = String(valueOn(CORRECTED.name, residualOf(CORRECTED.name).course!, CORRECTED.ago) - 6)
  const counts = { [idOf(at, CORRECTED.name)]: { count, note: '复核：6 单重复计入，更正' } }
  await confirming(answers => recordReadings(at.context, { day: at.day(CORRECTED.ago), counts, answers }))
}

const MISTAKEN = { ago: 48, name: 'mercury-cashier/退款单' }

/** A count that belonged to another system, and is withdrawn. */
async function mistake(at: StepContext): Promise<void> {
  const counts = { [idOf(at, MISTAKEN.name)]: { count: '3408' } }
  const day = at.day(MISTAKEN.ago)
  const recorded = await confirming(answers => recordReadings(at.context, { day, counts, answers }))
  await withdrawReading(at.context, recorded[0]!.readingId, { reason: '填错行：这是余额账户的数' })
}
