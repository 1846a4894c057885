import type { Day } from '../domain/calendar.ts'
import type { Known, KnownCosts } from '../domain/known-cost.ts'
import { addMoney } from '../domain/money.ts'
import { blockersIn } from '../domain/shutdown/blocker-sets.ts'
import { chainTo, type Distances, distancesFrom } from '../domain/shutdown/chains.ts'
import { membersOfGroup } from '../domain/shutdown/groups.ts'
import type { Judgement, Verdict } from '../domain/shutdown/judge.ts'
import { type When, whenOf } from '../domain/shutdown/moments.ts'
import { soakingsOf } from '../domain/shutdown/soaking.ts'
import { type Cell, csvText } from './csv-text.ts'
import { amountCells } from './money-cells.ts'

const PLAN_COLUMNS = [
  'wave',
  'planned',
  'earliest',
  'service',
  'verdict',
  'systems',
  'group',
  'cost',
  'currency',
  'knownCost',
  'blockerCount',
  'blockers',
  'chain',
  'chainFromStaying',
  'lapsesOn',
  'soakUntil',
  'offSince',
] as const
type PlanColumn = (typeof PLAN_COLUMNS)[number]

/** How the table speaks: its head, verdicts, dates that are no days, and what systems and blockers are called. */
export type PlanWords = {
  column: (column: PlanColumn) => string
  verdict: (verdict: Verdict) => string
  when: (when: When) => string
  known: (known: Known) => string
  system: (key: string) => string
  /** What holds a service, by the blocker's number; of one that stays it is said that it does. */
  blocker: (number: number, verdict: Verdict) => string
}

/** Blockers that are named in a cell; a spreadsheet cuts a cell at 32,767 characters. */
const NAMED = 50

/** What the judgement does not tell: the currency of its costs, what stands beside them, and the first day that dates rest on. */
export type PlanFacts = {
  knownCosts: KnownCosts
  currencies: readonly string[]
  /** When the first of what the dates of a service rest on ends before them; null where nothing does. */
  lapsesOn: (service: string) => Day | null
}

/** The shutdown plan as a table: those that can go first, wave by wave, then the others by id. Money in units. */
export function planCsv(judgement: Judgement, facts: PlanFacts, words: PlanWords): string {
  const { graph, groups, waves } = judgement
  const waveOf = (service: number) =>
    (graph.isOn[service] && waves[groups.of[service]!]) || Number.MAX_SAFE_INTEGER
  const order = Array.from(graph.ids.keys()).sort((a, b) => waveOf(a) - waveOf(b) || a - b)
  return csvText([PLAN_COLUMNS.map(words.column), ...rowsOf(judgement, facts, order, words)])
}

/** A set of blockers or a group that thousands share is put into words once. */
function* rowsOf(
  judgement: Judgement,
  { knownCosts, currencies: [currency = ''], lapsesOn }: PlanFacts,
  order: readonly number[],
  words: PlanWords,
): Generator<Cell[]> {
  const { graph, groups, sets, verdicts, waves, earliest, planned, distances } = judgement
  const setTexts = new Map<string, [count: number, names: string]>()
  const fromStaying = distancesFrom(graph, service => verdicts[service] === 'KEEP')
  const soakings = soakingsOf(judgement)
  const groupTexts = new Map<number, string>()
  for (const service of order) {
    const { id, systems, cost, offSince } = graph.services[service]!
    const verdict = words.verdict(verdicts[service]!)
    const served = named(systems.map(words.system))
    const { known, others } = knownCosts(id)
    const amounts = known === 'none' ? [] : addMoney([{ fen: cost, currency }, ...others])
    const price = [...amountCells(amounts), words.known(known)]
    if (!graph.isOn[service]) {
      yield ['', '', '', id, verdict, served, '', ...price, 0, '', '', '', '', '', offSince ?? '']
      continue
    }
    const group = groups.of[service]!
    const [planText, earliestText] = [planned[group]!, earliest[service]!].map(at => words.when(whenOf(at)))
    const set = setText(sets.ofGroup[group]!, verdicts[service]!)
    const when = [waves[group] || '', planText!, earliestText!]
    yield [
      ...when,
      id,
      verdict,
      served,
      groupText(group),
      ...price,
      ...set,
      chainText(distances, service),
      verdicts[service] === 'NEEDS_REPOINT' ? chainText(fromStaying, service) : '',
      lapsesOn(id) ?? '',
      soakings.get(id)?.until ?? '',
      '',
    ]
  }

  function setText(set: number, verdict: Verdict): [count: number, names: string] {
    const key = `${set} ${verdict}`
    const known = setTexts.get(key)
    if (known) return known
    const blockers = blockersIn(sets, set)
    const names = blockers.slice(0, NAMED).map(number => words.blocker(number, verdict))
    const text: [number, string] = [blockers.length, joined(names, blockers.length)]
    setTexts.set(key, text)
    return text
  }

  function chainText(ways: Distances, service: number): string {
    const isTold = ways.steps[service]! >= 0 && ways.steps[service]! < NAMED
    return isTold
      ? chainTo(ways, service)!
          .map(step => graph.ids[step]!)
          .join(' > ')
      : ''
  }

  function groupText(group: number): string {
    const known = groupTexts.get(group)
    if (known !== undefined) return known
    const members = Array.from(membersOfGroup(groups, group), member => graph.ids[member]!)
    const text = members.length > 1 ? named(members) : ''
    groupTexts.set(group, text)
    return text
  }
}

function named(ids: readonly string[]): string {
  return joined(ids.slice(0, NAMED), ids.length)
}

function joined(names: readonly string[], count: number): string {
  const left = count - names.length
  return names.join(' | ') + (left > 0 ? ` | +${left}` : '')
}
