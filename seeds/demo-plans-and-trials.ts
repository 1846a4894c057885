import { makeUseOfComplaint, noteComplaint } from '../src/actions/complaints.ts'
import { keepPlan } from '../src/actions/plans.ts'
import { endTrial, startTrial } from '../src/actions/trials.ts'
import { today } from '../src/context.ts'
import { idOf, type Step, type StepContext } from './demo-steps.ts'

const BY = 'Luna Sample'

/** A plan to compare with, a trial in silence, one that found a consumer nobody knew, and one that goes on. */
export const PLANS_AND_TRIALS: readonly Step[] = [
  { ago: 75, hour: 11, by: BY, act: plan },
  { ago: 44, hour: 9, by: BY, act: at => begin(at, 'merchant-portal', '夜间摘流量，白天恢复') },
  { ago: 40, hour: 10, by: BY, act: complain },
  { ago: 37, hour: 17, by: BY, act: at => end(at, 'merchant-portal', '找到一个没登记的外部调用方') },
  { ago: 30, hour: 9, by: BY, act: at => begin(at, 'report-archive', '缩容到零，已通知报表用户') },
  { ago: 16, hour: 17, by: BY, act: at => end(at, 'report-archive', '整整两周无人提起') },
  { ago: 6, hour: 9, by: BY, act: at => begin(at, 'recon-console', '只读一周') },
]

async function plan({ context }: StepContext): Promise<void> {
  await keepPlan(context, { name: '季度下线计划（模拟）', note: '季度评审用' })
}

async function begin(at: StepContext, service: string, note: string): Promise<void> {
  const id = await startTrial(at.context, idOf(at, service), { startedOn: dayOf(at), note })
  at.ids.set(trialOf(service), id)
}

async function end(at: StepContext, service: string, endNote: string): Promise<void> {
  await endTrial(at.context, idOf(at, trialOf(service)), { endedOn: dayOf(at), endNote, version: 1 })
}

async function complain(at: StepContext): Promise<void> {
  const complaint = {
    day: dayOf(at),
    complainant: '商户支持组（虚构）',
    complaint: '外包坐席打不开商户资料页',
  }
  const id = await noteComplaint(at.context, idOf(at, trialOf('merchant-portal')), complaint)
  const user = { userKind: 'external', user: '晨星外包坐席（虚构）', version: 1 }
  await makeUseOfComplaint(at.context, id, user)
}

function trialOf(service: string): string {
  return `trial ${service}`
}

function dayOf({ context }: StepContext): string {
  return today(context)
}
