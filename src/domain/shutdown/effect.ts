import { listBlockers } from './estate.ts'
import type { Judgement, Verdict } from './judge.ts'
import type { Worth } from './unlock.ts'
import { isFree } from './what-if.ts'

/** Services that all had one verdict and have another now. */
type Turn = { from: Verdict; to: Verdict; services: string[] }

/**
 * What a change of the register did to the answers: services by id, blockers by id. Every service whose verdict is
 * another one is in exactly one of the lists.
 */
export type Effect = {
  nowReady: string[]
  /** Free now, but only after consumers that still run. */
  nowFree: string[]
  /** Ready before; free as they were, but consumers that have to go first run now. */
  nowAfterOthers: string[]
  /** Ready before; something holds them now. */
  noLongerReady: string[]
  /** All others, such as those that nobody who stays uses any more and something else still holds. */
  otherwise: Turn[]
  blockersGone: string[]
  blockersNew: string[]
}

/** The services that something held before and nothing does now, by code point, with their monthly cost. */
export function freedBetween(before: Judgement, after: Judgement): Worth {
  const freed = after.graph.ids.filter((id, service) => {
    const number = before.graph.numbers.get(id)
    const isHeld = number !== undefined && before.verdicts[number] !== 'OFF' && !isFree(before, number)
    return isHeld && isFree(after, service)
  })
  const costOf = (id: string) => after.graph.services[after.graph.numbers.get(id)!]!.cost
  return { services: freed, cost: freed.reduce((sum, id) => sum + costOf(id), 0) }
}

type Turned = { id: string; from: Verdict; to: Verdict }

/** Compares two judgements of the same services on the same day, all but those `leftOut`; each list by code point. */
export function effectOf(before: Judgement, after: Judgement, leftOut: ReadonlySet<string> = NOBODY): Effect {
  const turned = turnedBetween(before, after).filter(({ id }) => !leftOut.has(id))
  const lists = Map.groupBy(turned, listOf)
  const idsOf = (list: ReturnType<typeof listOf>) => (lists.get(list) ?? []).map(({ id }) => id)
  const [held, holds] = [blockersOf(before), blockersOf(after)]
  return {
    nowReady: idsOf('nowReady'),
    nowFree: idsOf('nowFree'),
    nowAfterOthers: idsOf('nowAfterOthers'),
    noLongerReady: idsOf('noLongerReady'),
    otherwise: turnsOf(lists.get('otherwise') ?? []),
    blockersGone: held.filter(id => !holds.includes(id)),
    blockersNew: holds.filter(id => !held.includes(id)),
  }
}

const NOBODY: ReadonlySet<string> = new Set()

function turnedBetween(before: Judgement, after: Judgement): Turned[] {
  return after.graph.ids.flatMap((id, service) => {
    const [number, to] = [before.graph.numbers.get(id), after.verdicts[service]!]
    const from = number === undefined ? to : before.verdicts[number]!
    return from === to ? [] : [{ id, from, to }]
  })
}

function listOf({ from, to }: Turned) {
  if (to === 'READY') return 'nowReady'
  if (to === 'FREE') return from === 'READY' ? 'nowAfterOthers' : 'nowFree'
  return from === 'READY' ? 'noLongerReady' : 'otherwise'
}

function turnsOf(turned: readonly Turned[]): Turn[] {
  const alike = Map.groupBy(turned, ({ from, to }) => `${from} ${to}`)
  return [...alike.values()].map(some => ({
    from: some[0]!.from,
    to: some[0]!.to,
    services: some.map(({ id }) => id),
  }))
}

function blockersOf(judgement: Judgement): string[] {
  return listBlockers(judgement).map(({ id }) => id)
}
