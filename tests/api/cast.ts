import { noteComplaint } from '../../src/actions/complaints.ts'
import { createGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { keepPlan } from '../../src/actions/plans.ts'
import { startTrial } from '../../src/actions/trials.ts'
import { createDependency, createExternal } from '../../src/actions/uses.ts'
import type { Context } from '../../src/context.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'

export const TODAY = '2026-03-31'

const USE = { strength: 'hard', needs: 'from', declaredOn: '2026-01-31' }

/** A system that drains, one that nobody counted, services with odd keys that use one another, a plan and a trial. */
export async function plantEstate(context: Context) {
  const system = await addSystem(context, { nameEn: 'Accounts 1.0', targetOn: '2027-01-31' })
  const residual = await addResidual(context, system)
  await count(context, residual, '2026-01-31', '200')
  await count(context, residual, '2026-02-28', '150')
  await count(context, residual, TODAY, '~120')
  await addResidual(context, await addSystem(context, { key: 'OP', name: 'OP' }))
  const till = await addService(context, 'till', ['账户1.0'])
  await addService(context, 'cash', ['OP'])
  await addService(context, 'constructor')
  await createDependency(context, { consumer: 'cash', provider: 'till', ...USE })
  await createExternal(context, { name: 'a bank', provider: 'cash', ...USE, untilOn: '2026-06-30' })
  const gate = { key: 'audit', name: 'Audit', kind: 'approval', state: 'open', closesOn: '2026-05-31' }
  await createGate(context, { serviceId: till }, gate)
  await createCost(context, { serviceId: till }, { kind: 'machines', amountFen: '90000', currency: 'CNY' })
  await keepPlan(context, { name: 'Spring' })
  const trial = await startTrial(context, till, { startedOn: TODAY })
  await noteComplaint(context, trial, { day: TODAY, complainant: 'desk', complaint: 'nothing opens' })
  return { system, residual }
}
