import { createEvent } from '../src/actions/events.ts'
import { createCost, createExpectedSaving } from '../src/actions/money.ts'
import { createResidual } from '../src/actions/residuals.ts'
import { changeStatus, createSystem } from '../src/actions/systems.ts'
import { findSystem } from '../src/store/systems.ts'
import { confirming, gateSteps, idOf, SETUP, type Step, type StepContext } from './demo-steps.ts'
import type { DemoCost, DemoResidual, DemoSystem } from './demo-types.ts'

/** All that happened to a simulated system, its readings apart. */
export function systemSteps(system: DemoSystem): Step[] {
  const { key, owner: by = SETUP.by, gates = [], costs = [], savings = [], moves = [], events = [] } = system
  const ownerOf = (at: StepContext) => ({ systemId: idOf(at, key) })
  return [
    { ...SETUP, hour: 9, act: at => create(at, system) },
    ...system.residuals.map(
      (residual): Step => ({ ...SETUP, hour: 10, act: at => createResidualOf(at, key, residual) }),
    ),
    ...gates.flatMap(gate => gateSteps(gate, key, ownerOf, by)),
    ...costs.map((cost): Step => costStep(cost, ownerOf, by)),
    ...savings.map(
      (saving): Step => ({
        ...SETUP,
        hour: 12,
        act: at => createExpectedSaving(at.context, idOf(at, key), { ...saving, currency: 'CNY' }),
      }),
    ),
    ...moves.map((move): Step => ({ ago: move.on, hour: 16, by, act: at => moveOn(at, key, move) })),
    ...events.map(({ on, ...event }): Step => {
      const act = (at: StepContext) =>
        createEvent(at.context, idOf(at, key), { ...event, day: at.day(on), source: '模拟' })
      return { ago: Math.max(on, 2), hour: 17, by, act }
    }),
  ]
}

async function create({ context, ids, day }: StepContext, system: DemoSystem): Promise<void> {
  const { key, name, nameEn, owner, replacement, note, status, since, target } = system
  const described = { key, name, nameEn, owner, replacement, note, role: 'legacy', source: '模拟数据' }
  const targetOn = target === undefined ? '' : day(target)
  const { id } = await createSystem(context, { ...described, status, statusOn: day(since), targetOn })
  ids.set(key, id)
}

async function createResidualOf(at: StepContext, system: string, residual: DemoResidual): Promise<void> {
  const { course, qualifier: _, every: __, declaredZero, baseline, ...described } = residual
  const baselineOn = baseline === undefined || !course ? '' : at.day(course[0]![0])
  const declaredZeroOn = declaredZero === undefined ? '' : at.day(declaredZero)
  const input = { ...described, baseline, declaredZeroOn, source: '模拟数据' }
  const start = baselineOn > at.day(SETUP.ago) ? '' : baselineOn
  const id = await createResidual(at.context, idOf(at, system), { ...input, baselineOn: start })
  at.ids.set(`${system}/${residual.key}`, id)
}

/** What a month costs is entered when the register is set up, or on the day from which it holds. */
export function costStep(
  { yuan, from, ...cost }: DemoCost,
  ownerOf: (at: StepContext) => { systemId: number } | { serviceId: number },
  by: string,
): Step {
  const act = (at: StepContext) => {
    const fromOn = from === undefined ? '' : at.day(from)
    return createCost(at.context, ownerOf(at), { ...cost, amountFen: yuan, currency: 'CNY', fromOn })
  }
  return { ago: from ?? SETUP.ago, hour: 12, by, act }
}

async function moveOn(
  { context, day }: StepContext,
  key: string,
  { on, to, reason, review, override }: NonNullable<DemoSystem['moves']>[number],
): Promise<void> {
  const system = await findSystem(context.db, key)
  const reviewOn = review === undefined ? '' : day(review)
  const change = { to, on: day(on), reason, reviewOn, overrideReason: override, version: system!.version }
  await confirming(answers => changeStatus(context, system!.id, { ...change, answers }))
}
