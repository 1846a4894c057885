import type { Day } from '../domain/calendar.ts'
import type { Known, KnownCosts } from '../domain/known-cost.ts'
import { blockersIn } from '../domain/shutdown/blocker-sets.ts'
import { chainTo } from '../domain/shutdown/chains.ts'
import { membersOfGroup } from '../domain/shutdown/groups.ts'
import type { Judgement, Verdict } from '../domain/shutdown/judge.ts'
import { type When, whenOf } from '../domain/shutdown/moments.ts'
import { type Cell, csvText } from './csv-text.ts'

const PLAN_COLUMNS = [
  'wave',
  'planned',
  'earliest',
  'service',
  'verdict',
  'systems',
  'group',
  'cost',
  'knownCost',
  'blockerCount',
  'blockers',
  'chain',
  'lapsesOn',
] as const
type PlanColumn = (typeof PLAN_COLUMNS)[number]

/** How the table speaks: its head, verdicts, and dates that are no days. */
export type PlanWords = {
  column: (column: PlanColumn) => string
  verdict: (verdict: Verdict) => string
  when: (when: When) => string
  known: (known: Known) => string
}

/** Blockers that are named in a cell; a spreadsheet cuts a cell at 32,767 characters. */
const NAMED = 50

/** When the first of what the dates of a service rest on ends before them; null where nothing does. */
type LapsesOn = (service: string) => Day | null

/** The shutdown plan as a table: those that can go first, wave by wave, then the others by id. Money in units. */
export function planCsv(
  judgement: Judgement,
  knownCosts: KnownCosts,
  words: PlanWords,
  lapsesOn: LapsesOn = () => null,
): string {
  const { graph, groups, waves } = judgement
  const waveOf = (service: number) =>
    (graph.isOn[service] && waves[groups.of[service]!]) || Number.MAX_SAFE_INTEGER
  const order = Array.from(graph.ids.keys()).sort((a, b) => waveOf(a) - waveOf(b) || a - b)
  return csvText([PLAN_COLUMNS.map(words.column), ...rowsOf(judgement, knownCosts, order, words, lapsesOn)])
}

/** A set of blockers or a group that thousands share is put into words once. */
function* rowsOf(
  judgement: Judgement,
  knownCosts: KnownCosts,
  order: readonly number[],
  words: PlanWords,
  lapsesOn: LapsesOn,
): Generator<Cell[]> {
  const { graph, groups, sets, holds, verdicts, waves, earliest, planned, distances } = judgement
  const setTexts = new Map<number, [count: number, names: string]>()
  const groupTexts = new Map<number, string>()
  for (const service of order) {
    const { id, systems, cost } = graph.services[service]!
    const verdict = words.verdict(verdicts[service]!)
    const known = knownCosts(id)
    const price = [known === 'none' ? '' : cost / 100, words.known(known)]
    if (!graph.isOn[service]) {
      yield ['', '', '', id, verdict, named(systems), '', ...price, 0, '', '', '']
      continue
    }
    const group = groups.of[service]!
    const [planText, earliestText] = [planned[group]!, earliest[service]!].map(at => words.when(whenOf(at)))
    const set = setText(sets.ofGroup[group]!)
    const isTold = distances.steps[service]! >= 0 && distances.steps[service]! < NAMED
    const chain = isTold ? (chainTo(distances, service) ?? []).map(step => graph.ids[step]!) : []
    const when = [waves[group] || '', planText!, earliestText!]
    yield [
      ...when,
      id,
      verdict,
      named(systems),
      groupText(group),
      ...price,
      ...set,
      chain.join(' > '),
      lapsesOn(id) ?? '',
    ]
  }

  function setText(set: number): [count: number, names: string] {
    const known = setTexts.get(set)
    if (known) return known
    const ids = blockersIn(sets, set).map(number => holds.blockers[number]!.id)
    const text: [number, string] = [ids.length, named(ids)]
    setTexts.set(set, text)
    return text
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
  const left = ids.length - NAMED
  return ids.slice(0, NAMED).join(' | ') + (left > 0 ? ` | +${left}` : '')
}
