import type { Day } from './calendar.ts'
import { addMoney, type Money } from './money.ts'
import { costBefore, costInForce, costOfMonth, type MonthlyCost } from './monthly-cost.ts'
import { COST_KINDS, type Status } from './vocabulary.ts'

export type Savings = {
  /** What is no longer paid every month since systems retired. */
  realised: Money[]
  /** What is still paid every month for systems that have retired. */
  leakage: Money[]
  /** What systems that still run cost every month, as far as anybody knows. */
  projected: Money[]
  /** What somebody expects to save every month once systems that still run have retired. */
  expected: Expected
  /** The same of systems that have retired: what came of it, only their costs say. */
  expectedOfRetired: Expected
  /** Systems that still run and of which the cost of at least one kind is unknown. */
  incompleteCosts: number
}

type Expected = { money: Money[]; personMonths: number }

/** Money or person-months, whichever it was said in. */
type ExpectedAmount = { amountFen: number | null; currency: string | null; personMonths: number | null }

export type CostedSystem = {
  status: Status
  statusOn: Day | null
  costs: readonly MonthlyCost[]
  expected?: readonly ExpectedAmount[]
}

/** What the retirements of an estate have saved and can still save every month. */
export function savings(systems: readonly CostedSystem[], today: Day): Savings {
  return addSavings(systems.map(system => savingsOf(system, today)))
}

/** The part that one system has in it. */
export function savingsOf(system: CostedSystem, today: Day): Savings {
  const { known, missing } = costOfMonth(system.costs, today)
  const part: Savings = { ...NOTHING, incompleteCosts: 0 }
  if (system.status === 'cancelled') return part
  const expected = addExpected(system.expected ?? [])
  if (system.status === 'retired') {
    const [realised, leakage] = [realisedSaving(system, today), leakageOf(system, today)]
    return { ...part, realised, leakage, expectedOfRetired: expected }
  }
  return {
    ...part,
    projected: known,
    expected,
    incompleteCosts: missing.length > 0 ? 1 : 0,
  }
}

const NONE: Expected = { money: [], personMonths: 0 }
const NOTHING = { realised: [], leakage: [], projected: [], expected: NONE, expectedOfRetired: NONE }

function addExpected(expected: readonly ExpectedAmount[]): Expected {
  return {
    money: addMoney(
      expected.flatMap(({ amountFen: fen, currency }) =>
        fen === null || !currency ? [] : [{ fen, currency }],
      ),
    ),
    personMonths: expected.reduce((sum, { personMonths }) => sum + (personMonths ?? 0), 0),
  }
}

/** Adds parts up, themselves sums or not. */
export function addSavings(parts: readonly Savings[]): Savings {
  return {
    realised: addMoney(parts.flatMap(part => part.realised)),
    leakage: addMoney(parts.flatMap(part => part.leakage)),
    projected: addMoney(parts.flatMap(part => part.projected)),
    expected: sumOf(parts.map(({ expected }) => expected)),
    expectedOfRetired: sumOf(parts.map(({ expectedOfRetired }) => expectedOfRetired)),
    incompleteCosts: parts.reduce((sum, part) => sum + part.incompleteCosts, 0),
  }
}

function sumOf(parts: readonly Expected[]): Expected {
  return {
    money: addMoney(parts.flatMap(({ money }) => money)),
    personMonths: parts.reduce((sum, { personMonths }) => sum + personMonths, 0),
  }
}

/** What is still paid every month for a system that has retired; a leakage of nothing is none. */
export function leakageOf({ status, costs }: CostedSystem, today: Day): Money[] {
  return status === 'retired' ? stillPaid(costs, today) : []
}

/** What a retired system no longer costs every month. */
export function realisedSaving({ status, statusOn, costs }: CostedSystem, today: Day): Money[] {
  return status === 'retired' ? savedSince(costs, statusOn, today) : []
}

/** What a system has saved every month since one day, and what it would have saved since another, in one currency. */
export type MovedSaving = { currency: string; known: number; typed: number }

/** What its realised saving becomes with `typedOn` in place of `knownOn` as the day of its retirement, where that differs. */
export function movedSavings(
  costs: readonly MonthlyCost[],
  { knownOn, typedOn, today }: { knownOn: Day | null; typedOn: Day | null; today: Day },
): MovedSaving[] {
  const [known, typed] = [savedSince(costs, knownOn, today), savedSince(costs, typedOn, today)]
  const fenOf = (saved: Money[], of: string) => saved.find(({ currency }) => currency === of)?.fen ?? 0
  return addMoney([...known, ...typed])
    .map(({ currency }) => ({ currency, known: fenOf(known, currency), typed: fenOf(typed, currency) }))
    .filter(moved => moved.known !== moved.typed)
}

type CostsOfService = { offSince: Day | null; costs: readonly MonthlyCost[] }

/**
 * What services that are off no longer cost every month, and what is still on record for them. A cost of a service
 * may be part of one of its system, so neither is ever added to the savings of systems.
 */
export type ServiceSavings = Pick<Savings, 'realised' | 'leakage'>

export function savingsOfServices(off: readonly CostsOfService[], today: Day): ServiceSavings {
  return {
    realised: addMoney(off.flatMap(({ offSince, costs }) => savedSince(costs, offSince, today))),
    leakage: addMoney(off.flatMap(({ costs }) => stillPaid(costs, today))),
  }
}

function stillPaid(costs: readonly MonthlyCost[], today: Day): Money[] {
  return costOfMonth(costs, today).known.filter(({ fen }) => fen > 0)
}

/**
 * What something that has ended no longer costs: for each kind the amount paid before that day less today's. Where
 * nobody knows the day, the amount before is the first that is recorded.
 */
function savedSince(costs: readonly MonthlyCost[], endedOn: Day | null, today: Day): Money[] {
  const saved = COST_KINDS.flatMap(kind => {
    const now = costInForce(costs, kind, today)
    const before = costBefore(costs, kind, endedOn)
    if (!now || !before || now.currency !== before.currency) return []
    return [{ fen: before.amountFen - now.amountFen, currency: now.currency }]
  })
  return addMoney(saved)
}
