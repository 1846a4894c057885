import { z } from 'zod'
import { BLOCKER_KINDS, type Blocker, isSameReason } from '../domain/shutdown/blockers.ts'
import { listBlockers, servicesReached } from '../domain/shutdown/estate.ts'
import { fadingUse } from '../domain/shutdown/fading.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { overdueUse } from '../domain/shutdown/overdue-uses.ts'
import type { StayingWay } from '../domain/shutdown/staying.ts'
import { type SaidBlocker, sayAllBlockers } from '../http/blockers/blocker-words.ts'
import { holdsOfSystem, sayHoldsOfSystem } from '../http/blockers/system-blockers.ts'
import type { SystemState } from '../store/systems.ts'
import type { Asked } from './endpoint.ts'
import { day, named, number, sum, text, when } from './shapes.ts'

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

export const saidBlocker = named(
  'SaidBlocker',
  z
    .object({
      ...blocker.shape,
      text: text.describe('The reason in a sentence'),
      who: text.nullable().describe('Whose it is; null: nobody said'),
      next: z.object({ text, href: text }).describe('The one thing to do next, and the page to do it on'),
    })
    .describe('A blocker, and what it means in the language asked for'),
)

export const wayFromStaying = named(
  'StayingWay',
  z.object({
    chain: z.array(text).describe('From the service that stays to the one that it holds, both included'),
    until: when.describe('The planned end of the first use on it that is to be re-pointed'),
    fades: z
      .object({ consumer: text, provider: text, quietOn: day })
      .nullable()
      .describe('The use on it that was only seen and, unless seen again, ends it from that day; null: none'),
    overdue: z
      .object({ consumer: text, provider: text, since: day })
      .nullable()
      .describe('The use on it that was to be re-pointed on that day, and still counts; null: none'),
  }),
)

export function waysInJson(judgement: Judgement, ways: readonly StayingWay[]) {
  return ways.map(way => ({
    ...way,
    fades: fadingUse(judgement, way),
    overdue: overdueUse(judgement, way),
  }))
}

const worth = z
  .object({ services: z.array(text), cost: sum })
  .describe('The services that become free, and what they cost a month')

export const rankedBlocker = named(
  'RankedBlocker',
  z.object({
    ...saidBlocker.shape,
    holdsDirectly: z.array(text).describe('Services that it holds themselves, not through a consumer'),
    holdsInAll: number.describe(
      'How many services that are to go it holds, also through whoever needs them; `GET /services?blocker=ID` lists them',
    ),
    acceleration: sum.describe(
      'What ending it today is worth in all: monthly cost by the months that services go earlier, where an unknown date ' +
        'counts as a year from today or the latest date known of anything that holds, whichever is later; null: no cost of them is known',
    ),
    servicesMoved: number.describe('How many services can go earlier'),
    unlock: worth.describe('What it frees on its own, without any other being ended'),
  }),
)

export const blockerItem = named(
  'HeldBlocker',
  z.object({
    ...saidBlocker.shape,
    holdsDirectly: rankedBlocker.shape.holdsDirectly,
    holdsInAll: rankedBlocker.shape.holdsInAll,
  }),
)

/** What holds a system itself, as its page says it. */
export async function blockersOfSystem(asked: Asked, judgement: Judgement, system: SystemState) {
  const held = listBlockers(judgement)
  const own = holdsOfSystem(judgement, system, asked.today).map(blocker => {
    const found = held.find(one => one.id === blocker.id && isSameReason(one, blocker))
    const holdsInAll = found ? countHeld(judgement, blocker.id) : 0
    return { ...blocker, holdsDirectly: found?.services ?? [], holdsInAll }
  })
  return withWords(own, await sayHoldsOfSystem(asked, system, own))
}

export function countHeld(judgement: Judgement, blocker: string): number {
  return servicesReached(judgement, judgement.holds.numbers.get(blocker)!).length
}

/** `service` where all are told of one, each as it holds that one. */
export async function inWords<B extends Blocker>(asked: Asked, blockers: readonly B[], service?: string) {
  return withWords(blockers, await sayAllBlockers(asked, blockers, service))
}

function withWords<B extends Blocker>(blockers: readonly B[], said: readonly SaidBlocker[]) {
  return blockers.map((blocker, at) => {
    const { text, owner, next } = said[at]!
    return { ...blocker, text, who: owner, next }
  })
}
