import { confirmNoConsumers } from '../src/actions/no-consumers.ts'
import { createService } from '../src/actions/services.ts'
import { shutDownService } from '../src/actions/shutdowns.ts'
import { createDependency, createExternal } from '../src/actions/uses.ts'
import { waive } from '../src/actions/withdrawals.ts'
import { findService } from '../src/store/services.ts'
import { gateSteps, idOf, SETUP, type Step, type StepContext } from './demo-steps.ts'
import { costStep } from './demo-system-steps.ts'
import type { DemoService, DemoUse } from './demo-types.ts'

export function serviceSteps({ yuan, gates = [], noConsumers, off, ...service }: DemoService): Step[] {
  const { key, owner: by = SETUP.by } = service
  const ownerOf = (at: StepContext) => ({ serviceId: idOf(at, key) })
  const steps: Step[] = [
    {
      ...SETUP,
      hour: 10,
      act: async ({ context, ids }) => {
        const { id } = await createService(context, { ...service, source: '模拟数据' })
        ids.set(key, id)
      },
    },
    ...gates.flatMap(gate => gateSteps(gate, key, ownerOf, by)),
  ]
  if (yuan !== undefined) steps.push(costStep({ kind: 'machines', yuan }, ownerOf, by))
  if (noConsumers) {
    const { on, evidence } = noConsumers
    const act = (at: StepContext) => confirmNoConsumers(at.context, idOf(at, key), { evidence })
    steps.push({ ago: on, hour: 15, by, act })
  }
  if (off) steps.push({ ago: off.on, hour: 18, by, act: at => switchOff(at, key, off) })
  return steps
}

async function switchOff(
  { context, day }: StepContext,
  key: string,
  { on, reason, override }: NonNullable<DemoService['off']>,
): Promise<void> {
  const { id, version } = (await findService(context.db, key))!
  await shutDownService(context, id, { on: day(on), reason, overrideReason: override, version })
}

/** A declared use stands from the beginning; an observed one is known since it was last seen. */
export function useStep({ from, isExternal, to, seen, until, waived, ...use }: DemoUse): Step {
  const evidence = (at: StepContext) =>
    seen === undefined
      ? { declaredOn: at.day(SETUP.ago), declaredBy: SETUP.by, source: '负责人申报（模拟）' }
      : { lastSeenOn: at.day(seen), source: '调用链采样（模拟）' }
  const act = async (at: StepContext) => {
    const untilOn = until === undefined ? '' : at.day(until)
    const input = { strength: 'hard', needs: 'from', ...use, ...evidence(at), untilOn, provider: to }
    const id = isExternal
      ? await createExternal(at.context, { ...input, name: from })
      : await createDependency(at.context, { ...input, consumer: from })
    if (!waived) return
    const { by: waivedBy, reason: waiverReason, until: end } = waived
    const waiver = { waivedBy, waiverReason, waivedUntil: at.day(end), version: 1 }
    await waive(at.context, isExternal ? 'external_consumer' : 'dependency', id, waiver)
  }
  return { ago: seen ?? SETUP.ago, hour: 13, by: SETUP.by, act }
}
