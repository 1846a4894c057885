import { createGate } from '../src/actions/gates.ts'
import { createCost, createExpectedSaving } from '../src/actions/money.ts'
import { recordReadings } from '../src/actions/readings.ts'
import { createResidual } from '../src/actions/residuals.ts'
import { createService } from '../src/actions/services.ts'
import { createSystem } from '../src/actions/systems.ts'
import type { Context } from '../src/context.ts'
import { AS_OF, READING_NOTE, REGISTER, type SeededSystem } from './register.ts'

/** Enters the real register through the same actions as any user's change, so that its history tells it all. */
export async function plantRegister(context: Context): Promise<void> {
  for (const system of REGISTER) await plantSystem(context, system)
}

async function plantSystem(context: Context, seeded: SeededSystem): Promise<void> {
  const { residuals = [], gates = [], services = [], costs = [], savings = [], ...described } = seeded
  const { id } = await createSystem(context, { ...described, role: 'legacy' })
  const counts: Record<string, { count: string; note: string }> = {}
  for (const { reading, ...residual } of residuals) {
    const residualId = await createResidual(context, id, residual)
    if (reading) counts[residualId] = { count: reading, note: READING_NOTE }
  }
  await plantReadings(context, counts, residuals.find(one => one.reading)?.source)
  for (const gate of gates) await createGate(context, { systemId: id }, { ...gate, state: 'open' })
  for (const cost of costs) await createCost(context, { systemId: id }, { ...cost, currency: 'CNY' })
  for (const saving of savings) await createExpectedSaving(context, id, { ...saving, currency: 'CNY' })
  for (const key of services) {
    await createService(context, {
      key,
      name: key,
      role: 'legacy',
      systems: [seeded.key],
      source: described.source,
    })
  }
}

/** A first 0 is asked back, as from anybody; the document does say 0. */
async function plantReadings(
  context: Context,
  counts: Record<string, { count: string; note: string }>,
  source?: string,
) {
  const answers = Object.keys(counts).map(id => `reading.zero:${id}:0:0:exact`)
  await recordReadings(context, { day: AS_OF, source, counts, answers })
}
