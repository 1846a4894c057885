import { recordReadings } from '../../src/actions/readings.ts'
import { createResidual } from '../../src/actions/residuals.ts'
import { createService } from '../../src/actions/services.ts'
import { shutDownService } from '../../src/actions/shutdowns.ts'
import { createSystem } from '../../src/actions/systems.ts'
import { type Context, today } from '../../src/context.ts'

/** The things that most tests of the register begin with. */

/** 账户1.0: a legacy system that is draining. Gives its id. */
export async function addSystem(context: Context, input: Record<string, unknown> = {}): Promise<number> {
  const system = { key: '账户1.0', name: '账户1.0', role: 'legacy', status: 'draining', ...input }
  return (await createSystem(context, system)).id
}

/** 上海德祐: open orders of a system, never counted. Gives its id. */
export async function addResidual(
  context: Context,
  systemId: number,
  input: Record<string, unknown> = {},
): Promise<number> {
  return createResidual(context, systemId, { key: '上海德祐', name: '上海德祐', unit: 'order', ...input })
}

export async function addService(
  context: Context,
  key: string,
  systems: string[] = [],
  role = 'legacy',
): Promise<number> {
  return (await createService(context, { key, name: key, role, systems })).id
}

/** Switches a service off today, as it was added. */
export function shutDown(context: Context, id: number, input: object = {}): Promise<string[]> {
  return shutDownService(context, id, { on: today(context), version: 1, ...input })
}

/** Counts one residual; whatever would be asked back is answered with yes. */
export async function count(context: Context, residualId: number, day: string, text: string, more = {}) {
  const round = { day, counts: { [residualId]: { count: text, ...more } } }
  return recordReadings(context, round).catch(refused => {
    if (!refused.questions) throw refused
    const answers = refused.questions.map((question: { answer: string }) => question.answer)
    return recordReadings(context, { ...round, answers })
  })
}

export type Counted = [day: string, text: string]

/** A residual of a system of its own with these counts. */
export async function addCounted(context: Context, readings: readonly Counted[]) {
  const systemId = await addSystem(context)
  const id = await addResidual(context, systemId)
  for (const [day, text] of readings) await count(context, id, day, text)
  return { context, systemId, id, db: context.db }
}

/** What refuses: problems or questions by their field, as `field: code`. */
export async function refusalOf(action: Promise<unknown>): Promise<string[]> {
  const refused = await action.then(
    () => ({ problems: [] }),
    error => error,
  )
  const said = refused.problems ?? refused.questions
  if (!said) return [refused.name === 'Error' ? refused.constructor.name : refused.name]
  return said.map(({ path, code }: { path: string; code: string }) => `${path}: ${code}`)
}
