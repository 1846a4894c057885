import type { Day } from './calendar.ts'
import { addMoney, type Money } from './money.ts'
import { COST_KINDS, type CostKind } from './vocabulary.ts'

/** What a kind costs every month from a day on (null: since always), until the next entry of that kind. */
export type MonthlyCost = { kind: CostKind; amountFen: number; currency: string; fromOn: Day | null }

export type CostOfMonth = {
  /** Sums of what is known, one for each currency. */
  known: Money[]
  /** Kinds of which nobody has said what they cost: unknown, not 0. */
  missing: CostKind[]
}

/** What a thing costs every month as of a day. */
export function costOfMonth(costs: readonly MonthlyCost[], day: Day): CostOfMonth {
  const known: Money[] = []
  const missing: CostKind[] = []
  for (const kind of COST_KINDS) {
    const cost = costInForce(costs, kind, day)
    if (cost) known.push(toMoney(cost))
    else missing.push(kind)
  }
  return { known: addMoney(known), missing }
}

/** Whether an entry is the one that counts for its kind: of two from the same day the later recorded does. */
export function isInForce<C extends MonthlyCost>(costs: readonly C[], cost: C, day: Day): boolean {
  return costInForce(costs, cost.kind, day) === cost
}

/** What a kind costs on a day; nothing where nobody has said. */
export function costInForce(
  costs: readonly MonthlyCost[],
  kind: CostKind,
  day: Day,
): MonthlyCost | undefined {
  return lastOf(costs, kind, from => from <= day)
}

/** What came before a day; where nothing did, or nobody knows the day, the first that is recorded. */
export function costBefore(
  costs: readonly MonthlyCost[],
  kind: CostKind,
  day: Day | null,
): MonthlyCost | undefined {
  return (day ? lastOf(costs, kind, from => from < day) : undefined) ?? firstOf(costs, kind)
}

/** What takes the place of an entry from a day on; nothing where it goes on for ever. */
export function nextCost(
  costs: readonly MonthlyCost[],
  kind: CostKind,
  day: Day | null,
): MonthlyCost | undefined {
  const first = firstOf(
    costs.filter(cost => fromOf(cost) > (day ?? '')),
    kind,
  )
  return first && costInForce(costs, kind, fromOf(first))
}

/** Of those from one day the one recorded last. What is so since always has a day before every other. */
function lastOf(
  costs: readonly MonthlyCost[],
  kind: CostKind,
  isInTime: (from: Day) => boolean,
): MonthlyCost | undefined {
  let last: MonthlyCost | undefined
  for (const cost of costs) {
    if (cost.kind === kind && isInTime(fromOf(cost)) && (!last || fromOf(cost) >= fromOf(last))) last = cost
  }
  return last
}

function firstOf(costs: readonly MonthlyCost[], kind: CostKind): MonthlyCost | undefined {
  let first: MonthlyCost | undefined
  for (const cost of costs) {
    if (cost.kind === kind && (!first || fromOf(cost) < fromOf(first))) first = cost
  }
  return first
}

function fromOf({ fromOn }: MonthlyCost): Day {
  return fromOn ?? ''
}

function toMoney({ amountFen, currency }: MonthlyCost): Money {
  return { fen: amountFen, currency }
}
