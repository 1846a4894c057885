import { z } from 'zod'
import { BLOCKER_KINDS } from '../domain/shutdown/blockers.ts'
import { listBlockers } from '../domain/shutdown/estate.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { day, money, named, number, text, when } from './shapes.ts'

const owner = named(
  'BlockerOwner',
  z
    .union([
      z.object({ kind: z.literal('nobody') }),
      z.object({ kind: z.literal('system'), system: text }),
      z.object({ kind: z.literal('system-gate'), system: text, gate: text }),
      z.object({ kind: z.literal('service'), service: text }),
      z.object({ kind: z.literal('service-gate'), service: text, gate: text }),
      z.object({ kind: z.literal('external'), name: text }),
      z.object({ kind: z.literal('edge'), consumer: text, provider: text }),
    ])
    .describe('What has to end: things by their keys'),
)

export const blocker = named(
  'Blocker',
  z.object({
    id: text,
    kind: z.enum(BLOCKER_KINDS),
    owner,
    date: when.describe('When it ends'),
    overdueSince: day.nullable().describe('The day it was to end, when that day has come and it still holds'),
  }),
)

const worth = z
  .object({ services: z.array(text), cost: money })
  .describe('The services that become free, and what they cost a month')

export const rankedBlocker = named(
  'RankedBlocker',
  z.object({
    ...blocker.shape,
    services: z.array(text).describe('Services that it holds themselves, not through a consumer'),
    acceleration: money.describe(
      'What ending it today is worth in all: monthly cost by the months that services go earlier',
    ),
    servicesMoved: number.describe('How many services can go earlier'),
    unlock: worth.describe('What it frees on its own, without any other being ended'),
  }),
)

export const blockerItem = named(
  'HeldBlocker',
  z.object({ ...blocker.shape, services: rankedBlocker.shape.services }),
)

/** What of a system holds services: its residual, its gates, and that nobody knows it. */
export function blockersOfSystem(judgement: Judgement, key: string) {
  return listBlockers(judgement).filter(({ owner }) => 'system' in owner && owner.system === key)
}
