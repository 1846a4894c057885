import { type BestChoice, bestSets } from './best.ts'
import { blockersIn } from './blocker-sets.ts'
import { chainTo } from './chains.ts'
import { countVerdicts, listBlockers, listFrontier, listWaves } from './estate.ts'
import { membersOfGroup } from './groups.ts'
import type { Judgement } from './judge.ts'
import { type Moment, whenOf } from './moments.ts'
import { unlockEach, unlockSystems } from './unlock.ts'
import { listWarnings } from './warnings.ts'
import { type Change, whatIf } from './what-if.ts'

/** What is asked beside the verdicts: named changes to try, and up to how many blockers to pick together. */
export type Questions = { whatIf: (Change & { id: string })[]; bestK: number }

/**
 * The whole answer as JSON text, in pieces to be written one after the other: the chains of a long line of
 * services and the members of a large ring are printed for each of them and may not fit in memory together.
 * Keys and lists are in code point order. `best` is there only when `bestK` asks for it, and says so when its
 * search was stopped.
 */
export function* answerJson(judgement: Judgement, questions: Questions): Generator<string> {
  yield `{\n"asOf":${JSON.stringify(judgement.today)},\n"services":{`
  yield* servicesJson(judgement)
  yield `\n},\n"counts":${mapJson(countVerdicts(judgement))}`
  yield `,\n"groups":${JSON.stringify(groupsOfSeveral(judgement))}`
  yield `,\n"waves":${JSON.stringify(listWaves(judgement))}`
  const frontier = listFrontier(judgement).map(edge => [edge.consumer, edge.provider])
  yield `,\n"frontier":${JSON.stringify(frontier)}`
  yield `,\n"warnings":${JSON.stringify(listWarnings(judgement).map(warning => warning.id))}`
  const blockers = listBlockers(judgement).map(({ id, date, services }) => [id, { date, services }] as const)
  yield `,\n"blockers":${mapJson(blockers)}`
  yield `,\n"unlock":${mapJson(unlockEach(judgement))}`
  yield `,\n"unlockSystem":${mapJson(unlockSystems(judgement))}`
  if (questions.bestK > 0) yield `,\n"best":${mapJson(bestSets(judgement, questions.bestK).map(bestEntry))}`
  yield `,\n"whatIf":${mapJson(questions.whatIf.map(change => [change.id, outcomeOf(judgement, change)]))}\n}\n`
}

/** Written by hand so that a set of blockers or a group shared by thousands is turned into text once. */
function* servicesJson(judgement: Judgement): Generator<string> {
  const { graph, groups, sets, holds, distances } = judgement
  const ids = graph.ids.map(id => JSON.stringify(id))
  const setTexts = new Map<number, string>()
  const groupTexts = new Map<number, string>()
  const dayTexts = new Map<number, string>()
  for (let service = 0; service < ids.length; service++) {
    yield `${service > 0 ? ',' : ''}\n${ids[service]}:{"verdict":"${judgement.verdicts[service]}"${sayOn(service)}}`
  }

  function sayOn(service: number): string {
    if (!graph.isOn[service]) return ''
    const group = groups.of[service]!
    const distance = distances.steps[service]! < 0 ? null : distances.steps[service]
    return (
      `,"wave":${judgement.waves[group] || null},"group":${groupText(group)}` +
      `,"blockers":${setText(sets.ofGroup[group]!)}` +
      `,"earliest":"${dayText(judgement.earliest[service]!)}","planned":"${dayText(judgement.planned[group]!)}"` +
      `,"distance":${distance},"chain":${chainText(service)}`
    )
  }

  function dayText(moment: Moment): string {
    return kept(dayTexts, moment, () => whenOf(moment))
  }

  function setText(set: number): string {
    return kept(setTexts, set, () =>
      JSON.stringify(blockersIn(sets, set).map(number => holds.blockers[number]!.id)),
    )
  }

  function groupText(group: number): string {
    return kept(groupTexts, group, () => `[${Array.from(membersOfGroup(groups, group), n => ids[n]).join()}]`)
  }

  function chainText(service: number): string {
    const chain = chainTo(distances, service)
    return chain === null ? 'null' : `[${chain.map(n => ids[n]).join()}]`
  }
}

function kept(texts: Map<number, string>, key: number, write: () => string): string {
  const known = texts.get(key)
  if (known !== undefined) return known
  const text = write()
  texts.set(key, text)
  return text
}

/** Groups of two and more, also those that somebody staying keeps from going. */
function groupsOfSeveral({ graph, groups }: Judgement): string[][] {
  const listed: number[][] = []
  for (let group = 0; group < groups.count; group++) {
    const members = [...membersOfGroup(groups, group)]
    if (members.length > 1) listed.push(members)
  }
  return listed.sort((a, b) => a[0]! - b[0]!).map(members => members.map(n => graph.ids[n]!))
}

function outcomeOf(judgement: Judgement, change: Change) {
  const { services, cost, lost } = whatIf(judgement, change)
  return { services, cost, lost }
}

function bestEntry({ size, cost, services, isProven }: BestChoice): [number, object] {
  return [size, { cost, services, ...(isProven ? {} : { note: 'best found, not proven' }) }]
}

/** An object with these keys in this order; a plain object would move `10` to the front and lose `__proto__`. */
function mapJson(entries: Iterable<readonly [string | number, unknown]>): string {
  return `{${Array.from(entries, ([key, value]) => `${JSON.stringify(String(key))}:${JSON.stringify(value)}`).join()}}`
}
