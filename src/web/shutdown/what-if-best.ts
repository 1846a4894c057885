import { type KnownCost, knownOfSum } from '../../domain/known-cost.ts'
import { type BestChoice, bestSets } from '../../domain/shutdown/best.ts'
import { listTies, type Ties } from '../../domain/shutdown/ties.ts'
import { listEndableSets, listHeldSets, unlock } from '../../domain/shutdown/unlock.ts'
import { whatIfPath } from '../../http/addresses.ts'
import { nameBlockers } from '../../http/blockers/blocker-words.ts'
import { remembered } from '../../http/remembered.ts'
import type { ShutdownFacts } from '../../http/shutdown-facts.ts'
import { sayNumber } from '../../http/words.ts'
import { moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'

const MOST_STEPS = 3
/** Enough for a proof on ordinary estates; where it is not, the page says so rather than make people wait. */
const EFFORT = 1_000_000
const MOST_TIES = 100
const OTHERS = 5

type Facts = Pick<ShutdownFacts, 'judgement' | 'knownCosts' | 'currencies'>

/** What to end first, when one, two or three things can be ended; a larger choice that adds nothing is left out. */
export async function bestFirst(visit: Visit, facts: Facts) {
  const { t, language } = visit
  const found = bestOf(facts, () => findBest(facts))
  const count = found.unknown
  return {
    unknown: count > 0 ? t('whatIf.best.unknown', { count, number: sayNumber(language, count) }) : null,
    rows: await Promise.all(found.choices.map(choice => rowOf(visit, facts, choice))),
  }
}

const bestOf = remembered<Facts, ReturnType<typeof findBest>>()

type Choice = BestChoice & { ties: Ties; beside: KnownCost }

function findBest({ judgement, knownCosts }: Facts): { choices: Choice[]; unknown: number } {
  const endable = listEndableSets(judgement)
  const all = bestSets(judgement, MOST_STEPS, EFFORT, endable)
  const worthwhile = all.filter(
    (choice, at) => choice.services > 0 && !isSame(choice, at > 0 ? all[at - 1] : undefined),
  )
  const held = listHeldSets(judgement).flatMap(({ services }) => services)
  return {
    choices: worthwhile.map(choice => ({
      ...choice,
      ties: listTies(judgement, choice, MOST_TIES, EFFORT, endable),
      beside: knownOfSum(unlock(judgement, choice.blockers).services, knownCosts),
    })),
    unknown: held.filter(service => knownCosts(judgement.graph.ids[service]!).known === 'none').length,
  }
}

function isSame(choice: BestChoice, other: BestChoice | undefined): boolean {
  return other !== undefined && other.services === choice.services && other.cost === choice.cost
}

async function rowOf(visit: Visit, facts: Facts, choice: Choice) {
  const { t, language } = visit
  const { size, services, cost, ties, beside } = choice
  const others = ties.choices.filter(ids => ids.join() !== choice.blockers.join())
  const { text, isUnknown } = moneyOfServices(visit, facts).monthly({ cost, ...beside })
  return {
    steps: t('whatIf.best.steps', { count: size }),
    frees: t('whatIf.best.frees', { count: services, number: sayNumber(language, services) }),
    cost: isUnknown ? t('whatIf.best.costUnknown', { count: services }) : text,
    proof: proofOf(visit, facts, choice, others.length),
    ...(await linkTo(visit, facts, choice.blockers)),
    others: await Promise.all(others.slice(0, OTHERS).map(ids => linkTo(visit, facts, ids))),
    heading: sayOthers(visit, others.length, ties),
  }
}

/** "46 others are as good; the first 5": the number that `proofOf` says, less the one shown. */
function sayOthers({ t, language }: Visit, count: number, { isAll }: Ties): string {
  const values = { number: sayNumber(language, count), shown: sayNumber(language, Math.min(OTHERS, count)) }
  if (!isAll) return t('whatIf.best.otherMany', values)
  return t(count > OTHERS ? 'whatIf.best.others' : 'whatIf.best.otherAll', values)
}

/** Money comes before the number of services. Best is said of one choice alone; of several that are as good, how many there are. */
function proofOf(
  { t, language }: Visit,
  { currencies: [currency, another] }: Facts,
  { isProven, ties, cost }: Choice,
  others: number,
): string {
  if (!isProven) return t('whatIf.best.notProven')
  if (others === 0 && !ties.isAll) return t('whatIf.best.noneBetter')
  if (others === 0 && cost === 0) return t('whatIf.best.proven')
  if (others === 0) return t(another ? 'whatIf.best.provenIn' : 'whatIf.best.provenByMoney', { currency })
  const values = { number: sayNumber(language, ties.isAll ? others + 1 : others) }
  return t(ties.isAll ? 'whatIf.best.oneOf' : 'whatIf.best.oneOfMore', values)
}

async function linkTo(visit: Visit, { judgement: { holds } }: Facts, ids: readonly string[]) {
  const said = await nameBlockers(
    visit,
    ids.map(id => holds.blockers[holds.numbers.get(id)!]!),
  )
  return {
    blockers: said.map(({ text }) => text),
    href: whatIfPath(ids.map(value => ({ parameter: 'resolve', value }))),
  }
}
