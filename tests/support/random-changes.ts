import { closeGate, createGate, reopenGate } from '../../src/actions/gates.ts'
import { createCost } from '../../src/actions/money.ts'
import { confirmNoConsumers } from '../../src/actions/no-consumers.ts'
import { keepPlan } from '../../src/actions/plans.ts'
import { withdrawReading } from '../../src/actions/readings.ts'
import { closeResidual, editResidual, reopenResidual } from '../../src/actions/residuals.ts'
import { editService } from '../../src/actions/services.ts'
import { bringBackService, shutDownService } from '../../src/actions/shutdowns.ts'
import { changeStatus, editSystem } from '../../src/actions/systems.ts'
import { startTrial } from '../../src/actions/trials.ts'
import { createDependency, createExternal, editUse } from '../../src/actions/uses.ts'
import { endWaiver, waive, withdraw } from '../../src/actions/withdrawals.ts'
import type { Context } from '../../src/context.ts'
import type { Tables } from '../../src/store/schema.ts'
import { addResidual, addService, addSystem, count } from './cast.ts'

const TODAY = '2026-03-31'

/** A row of a table by chance, and two numbers to choose with. */
export type Draw = { which: number; one: number; other: number }

const DAY = (n: number) => `2026-03-${String(1 + (n % 31)).padStart(2, '0')}`
const LATER = (n: number) => `2026-0${4 + (n % 5)}-15`
const COUNTS = ['0', '5', '90', '~7', '>=3', '0', '60']
export const USE = { strength: 'hard', needs: 'from' }

/** What people do to a register, each with something that is there by chance. What is refused throws. */
export const CHANGES = {
  count: async (context: Context, draw: Draw) =>
    count(context, await idOf(context, 'residual', draw), DAY(draw.one), COUNTS[draw.other % 7]!),
  withdrawReading: async (context: Context, draw: Draw) =>
    withdrawReading(context, await idOf(context, 'reading', draw), { reason: '误录' }),
  addResidual: async (context: Context, draw: Draw) =>
    addResidual(context, await idOf(context, 'system', draw), {
      key: `r${draw.one}`,
      declaredZeroOn: LATER(draw.other),
    }),
  editResidual: async (context: Context, draw: Draw) => {
    const { id, version, key } = await rowOf(context, 'residual', draw)
    const declaredZeroOn = draw.one % 2 ? LATER(draw.other) : ''
    const still = draw.other % 3 ? {} : { declaredRate: '0', declaredRateOn: DAY(draw.one) }
    return editResidual(context, id, { key, name: key, unit: 'order', declaredZeroOn, ...still, version })
  },
  closeResidual: async (context: Context, draw: Draw) => {
    const { id, version, latest_count, latest_qualifier } = await rowOf(context, 'residual', draw)
    const answer = latest_count === null ? 'close:unknown' : `close:${latest_count}:${latest_qualifier}`
    const answers = [answer, `${answer}:last`]
    return closeResidual(context, id, { on: TODAY, reason: '完结', answers, version })
  },
  reopenResidual: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'residual', draw)
    return reopenResidual(context, id, { reason: '又有了', version })
  },
  addSystem: async (context: Context, { one }: Draw) =>
    addSystem(context, { key: `s${one}`, name: `s${one}` }),
  editSystem: async (context: Context, draw: Draw) => {
    const { id, version, key, role } = await rowOf(context, 'system', draw)
    const [renamed, other] = [`${key.slice(0, 3)}-${draw.one}`, draw.other % 3 ? role : 'stay']
    return editSystem(context, id, { key: renamed, name: key, role: other, roleReason: '决定', version })
  },
  changeStatus: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'system', draw)
    const to = ['draining', 'on_hold', 'retired', 'cancelled', 'cutover_pending'][draw.one % 5]
    const move = { to, on: TODAY, reason: '决定', reviewOn: LATER(0), overrideReason: '例外', version }
    return answered(more => changeStatus(context, id, { ...move, ...more }))
  },
  addGate: async (context: Context, draw: Draw) => {
    const owner = await ownerOf(context, draw)
    const kind = 'serviceId' in owner ? 'no_consumers' : 'cutover'
    const gate = { key: `g${draw.one}`, name: '切量', kind, state: 'open', closesOn: LATER(draw.other) }
    return createGate(context, owner, gate)
  },
  closeGate: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'gate', draw)
    return closeGate(context, id, { on: DAY(draw.one), evidence: '报告', version })
  },
  reopenGate: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'gate', draw)
    return reopenGate(context, id, { state: 'unknown', reason: '误关', version })
  },
  addService: async (context: Context, draw: Draw) =>
    addService(context, `v${draw.one}`, [(await rowOf(context, 'system', draw)).key]),
  editService: async (context: Context, draw: Draw) => {
    const { id, version, key } = await rowOf(context, 'service', draw)
    const systems = draw.other % 3 ? [(await rowOf(context, 'system', draw)).key] : []
    const role = ['legacy', 'stay', 'follows', ''][draw.other % 4]
    return editService(context, id, {
      key: `${key.slice(0, 3)}-${draw.one}`,
      name: key,
      role,
      systems,
      version,
    })
  },
  shutDown: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'service', draw)
    const off = { on: DAY(draw.one), overrideReason: '例外', version }
    return answered(more => shutDownService(context, id, { ...off, ...more }))
  },
  bringBack: async (context: Context, draw: Draw) => {
    const { id, version } = await rowOf(context, 'service', draw)
    return answered(more => bringBackService(context, id, { reason: '还有人用', version, ...more }))
  },
  confirm: async (context: Context, draw: Draw) =>
    confirmNoConsumers(context, await idOf(context, 'service', draw), { evidence: '日志' }),
  trial: async (context: Context, draw: Draw) =>
    startTrial(context, await idOf(context, 'service', draw), { startedOn: TODAY }),
  use: async (context: Context, draw: Draw) => {
    const consumer = (await rowOf(context, 'service', draw)).key
    const provider = (await rowOf(context, 'service', { ...draw, which: draw.one })).key
    return createDependency(context, { ...USE, consumer, provider, declaredOn: DAY(draw.other) })
  },
  outsider: async (context: Context, draw: Draw) => {
    const provider = (await rowOf(context, 'service', draw)).key
    return createExternal(context, { ...USE, name: `外${draw.one}`, provider, lastSeenOn: DAY(draw.other) })
  },
  editUse: async (context: Context, draw: Draw) => {
    const noun = draw.one % 3 ? 'dependency' : 'external_consumer'
    const { id, version } = await rowOf(context, noun, draw)
    const seen = { lastSeenOn: DAY(draw.other), untilOn: LATER(draw.one) }
    return editUse(context, noun, id, { ...USE, ...seen, strength: draw.one % 2 ? 'hard' : 'soft', version })
  },
  waive: async (context: Context, draw: Draw) => {
    const noun = (['gate', 'dependency', 'external_consumer'] as const)[draw.one % 3]!
    const { id, version } = await rowOf(context, noun, draw)
    const waiver = { waivedBy: '林晓', waiverReason: '例外', waivedUntil: LATER(draw.other), version }
    return waive(context, noun, id, waiver)
  },
  endWaiver: async (context: Context, draw: Draw) => {
    const noun = draw.one % 3 ? 'dependency' : 'external_consumer'
    const { id, version } = await rowOf(context, noun, draw)
    return endWaiver(context, noun, id, { reason: '不再同意', version })
  },
  withdraw: async (context: Context, draw: Draw) => {
    const nouns = ['gate', 'dependency', 'external_consumer', 'monthly_cost'] as const
    const noun = nouns[draw.one % 4]!
    const { id, version } = await rowOf(context, noun, draw)
    return withdraw(context, noun, id, { reason: '误建', version })
  },
  cost: async (context: Context, draw: Draw) => {
    const cost = {
      kind: draw.one % 2 ? 'people' : 'machines',
      amountFen: `${draw.other}`,
      currency: draw.which % 2 ? 'USD' : 'CNY',
    }
    return createCost(context, await ownerOf(context, draw), cost)
  },
  plan: async (context: Context, draw: Draw) => keepPlan(context, { name: `计划${draw.one}` }),
}

async function rowOf<T extends keyof Tables>(context: Context, table: T, { which }: Draw) {
  const rows = (await context.db
    .selectFrom(table as 'residual')
    .selectAll()
    .orderBy('id')
    .execute()) as never[]
  if (rows.length === 0) throw new NothingThere()
  return rows[which % rows.length] as unknown as Row
}
type Row = {
  id: number
  version: number
  key: string
  role: string
  latest_count: number | null
  latest_qualifier: string
}
class NothingThere extends Error {}

async function idOf(context: Context, table: keyof Tables, draw: Draw): Promise<number> {
  return (await rowOf(context, table, draw)).id
}

async function ownerOf(context: Context, draw: Draw) {
  return draw.other % 2
    ? { systemId: await idOf(context, 'system', draw) }
    : { serviceId: await idOf(context, 'service', draw) }
}

/** Whatever is asked back is answered with yes. */
async function answered(act: (more: object) => Promise<unknown>): Promise<unknown> {
  return act({}).catch(refused => {
    if (!refused.questions) throw refused
    return act({ answers: refused.questions.map(({ answer }: { answer: string }) => answer) })
  })
}

export function leaveRefused(refused: Error & { problems?: unknown; questions?: unknown }): void {
  if (!refused.problems && !refused.questions && !(refused instanceof NothingThere)) throw refused
}
