import { closeGate, createGate } from '../src/actions/gates.ts'
import type { Owner } from '../src/actions/places.ts'
import { NeedsConfirmation } from '../src/actions/refusal.ts'
import { waive } from '../src/actions/withdrawals.ts'
import { type Context, today } from '../src/context.ts'
import { addDays, type Day } from '../src/domain/calendar.ts'
import type { Ago, DemoGate } from './demo-types.ts'

/** One thing that somebody did at an hour of a day in the past; ids are known by what the earlier ones made. */
export type Step = { ago: Ago; hour: number; by: string; act: (at: StepContext) => Promise<unknown> }
export type StepContext = { context: Context; ids: Map<string, number>; day: (ago: Ago) => Day }

/** When the simulated register was set up, and by whom. */
export const SETUP = { ago: 372, by: 'Luna Sample' } as const

/** Does the steps in the order of their days and hours, each with the clock of its moment. */
export async function runSteps(context: Context, steps: readonly Step[]): Promise<void> {
  const now = today(context)
  const ids = new Map<string, number>()
  const day = (ago: Ago) => addDays(now, -ago)
  const inOrder = [...steps].sort((a, b) => b.ago - a.ago || a.hour - b.hour)
  for (const { ago, hour, by, act } of inOrder) {
    const zone = context.config.TIME_ZONE
    const at = Temporal.PlainDate.from(day(ago)).toZonedDateTime({ timeZone: zone, plainTime: { hour } })
    const config = { ...context.config, ACTOR: by }
    await act({ context: { ...context, config, now: () => new Date(at.epochMilliseconds) }, ids, day })
  }
}

/** Does what may look like a slip, and says yes to what is asked back. */
export async function confirming<T>(act: (answers: string[]) => Promise<T>): Promise<T> {
  try {
    return await act([])
  } catch (error) {
    if (!(error instanceof NeedsConfirmation)) throw error
    return act(error.questions.map(question => question.answer))
  }
}

export function idOf({ ids }: StepContext, name: string): number {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`the demo has no ${name}`)
  return id
}

/** A gate is added when the register is set up, and closed or waived on days of its own. */
export function gateSteps(
  gate: DemoGate,
  of: string,
  ownerOf: (at: StepContext) => Owner,
  by: string,
): Step[] {
  const name = `${of} gate ${gate.key}`
  const { closed, waived, closes, state = 'open', ...described } = gate
  const steps: Step[] = [
    {
      ...SETUP,
      hour: 11,
      act: async at => {
        const input = { ...described, state, owner: by, closesOn: closes === undefined ? '' : at.day(closes) }
        at.ids.set(name, await createGate(at.context, ownerOf(at), input))
      },
    },
  ]
  if (closed) {
    const { on, evidence, expires } = closed
    const act = (at: StepContext) => {
      const evidenceExpiresOn = expires === undefined ? '' : at.day(expires)
      const input = { on: at.day(on), evidence, evidenceExpiresOn, version: 1 }
      return closeGate(at.context, idOf(at, name), input)
    }
    steps.push({ ago: on, hour: 15, by, act })
  }
  if (waived) {
    const { on, by: waivedBy, reason, until } = waived
    const act = (at: StepContext) => {
      const input = { waivedBy, waiverReason: reason, waivedUntil: at.day(until), version: 1 }
      return waive(at.context, 'gate', idOf(at, name), input)
    }
    steps.push({ ago: on, hour: 15, by, act })
  }
  return steps
}
