import { recordProfile } from '../src/actions/maturity.ts'
import { idOf, type Step, type StepContext } from './demo-steps.ts'

/** When merchant contracts end: given twice, the second time with less that nobody knows the end of. */
const PROFILES = [
  { ago: 120, ends: [60, 20, -40, -75], share: 0.2 },
  { ago: 22, ends: [-12, -35, -64, -90], share: 0.23 },
] as const
const OF = 'asteroid-merchants/商户账户'

/** The simulated maturity profiles of one residual; `countOn` says how many were counted on a day. */
export function maturitySteps(countOn: (name: string, ago: number) => number): Step[] {
  return PROFILES.map(({ ago, ends, share }) => ({
    ago,
    hour: 17,
    by: 'Orion Doe',
    act: (at: StepContext) => {
      const count = countOn(OF, ago)
      const each = Math.floor(count * share)
      const lines = ends.map(end => `${at.day(end)},${each}`)
      const note = '按商户合同台账（模拟）'
      const typed = [...lines, `-,${count - each * ends.length}`].join('\n')
      return recordProfile(at.context, idOf(at, OF), { day: at.day(ago), ends: typed, note })
    },
  }))
}
