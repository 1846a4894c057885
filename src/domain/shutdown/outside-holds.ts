import { type Day, dayNumber } from '../calendar.ts'
import type { Blocker } from './blockers.ts'
import { type Graph, reachedAlong } from './graph.ts'
import { ownBlockers } from './holds.ts'
import type { Judgement } from './judge.ts'
import { type When, whenOf } from './moments.ts'

/** What somebody outside the estate uses: a service that is thereby held until `date`. */
export type OutsideHold = {
  provider: string
  date: When
  /** The day it was to end, when that day has come and it still holds. */
  overdueSince: Day | null
}

/**
 * What somebody outside uses, the last to end first. Asked of one service only what holds it: itself first, whenever
 * that ends, then those that need it. Empty where the blocker does not hold, and for blockers of other kinds.
 */
export function listOutsideHolds(
  judgement: Judgement,
  { id, kind }: Blocker,
  service?: string,
): OutsideHold[] {
  const { graph, holds, today } = judgement
  const number = kind === 'external' ? holds.numbers.get(id) : undefined
  if (number === undefined) return []
  const [here, now] = [graph.numbers.get(service ?? ''), dayNumber(today)]
  const holders = holds.holder.slice(holds.heldFrom[number], holds.heldFrom[number + 1])
  const isAlone = holders.length === 1 || here === undefined
  const reached = isAlone ? null : needing(graph, here)
  return Array.from(reached ? holders.filter(holder => reached.has(holder)) : holders, holder => {
    const at = holds.start[holder]! + ownBlockers(holds, holder).indexOf(number)
    const [end, stated] = [holds.end[at]!, holds.stated[at]!]
    const overdueSince = stated <= now ? (whenOf(stated) as Day) : null
    return { holder, end, stated, hold: { provider: graph.ids[holder]!, date: whenOf(end), overdueSince } }
  })
    .sort(
      (a, b) =>
        Number(b.holder === here) - Number(a.holder === here) ||
        b.end - a.end ||
        a.stated - b.stated ||
        a.holder - b.holder,
    )
    .map(({ hold }) => hold)
}

const last = new WeakMap<Graph, { service: number; needing: ReadonlySet<number> }>()

/** Whoever needs the service, itself included: many blockers are asked of one after the other. */
function needing(graph: Graph, service: number): ReadonlySet<number> {
  const known = last.get(graph)
  if (known?.service === service) return known.needing
  const found = new Set(reachedAlong(graph.consumers, [service]))
  last.set(graph, { service, needing: found })
  return found
}

/** The same blocker with the day on which it holds this one service no more: that of somebody outside may hold others longer. */
export function blockerAt<B extends Blocker>(judgement: Judgement, blocker: B, service: string): B {
  const uses = listOutsideHolds(judgement, blocker, service)
  if (uses.length === 0) return blocker
  const overdueSince = uses.flatMap(use => use.overdueSince ?? []).sort()[0] ?? null
  return { ...blocker, date: lastOf(uses).date, overdueSince }
}

/** The one that ends last. */
export function lastOf(uses: readonly OutsideHold[]): OutsideHold {
  // A day as text comes before "unknown", as in time.
  return uses.reduce((last, use) => (use.date > last.date ? use : last))
}
