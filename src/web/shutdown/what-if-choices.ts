import { listBlockers } from '../../domain/shutdown/estate.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import { nameBlockers } from '../../http/blockers/blocker-words.ts'
import { remembered } from '../../http/remembered.ts'
import type { ShutdownFacts } from '../../http/shutdown-facts.ts'
import { type Parameter, pairIn, pairText, type Wish } from '../../http/what-if-query.ts'
import { sayName, sayNumber } from '../../http/words.ts'
import { findSystemsByKey, listSystems } from '../../store/systems.ts'
import { moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'

/** Boxes to tick of one kind: what is ticked, then the first of the rest; others are typed. */
export type Choice = {
  name: Parameter
  legend: string
  options: { value: string; label: string; note: string; isChosen: boolean }[]
  more: string | null
  suggestions: string[]
}

const SHOWN = 50
const SUGGESTED = 100

/** What could be tried, most valuable first, narrowed to what contains the text. */
export async function choicesOf(
  visit: Visit,
  facts: ShutdownFacts,
  wishes: readonly Wish[],
  text: string,
): Promise<Choice[]> {
  const { t } = visit
  const candidates = await candidatesOf(visit, facts)
  const plain = text.toLowerCase()
  return Promise.all(
    (['resolve', 'system', 'drop', 'off'] as const).map(async name => {
      const chosen = wishes.filter(wish => wish.parameter === name).map(wish => wish.value)
      const isChosen = new Set(chosen)
      const rest = candidates[name].filter(
        value => !isChosen.has(value) && (plain === '' || value.toLowerCase().includes(plain)),
      )
      const shown = [...chosen, ...rest.slice(0, SHOWN)]
      const said = await LABELS[name](visit, facts, shown)
      const left = rest.length - SHOWN
      return {
        name,
        legend: t(`whatIf.choice.${name}`),
        options: shown.map((value, at) => ({ value, ...said[at]!, isChosen: isChosen.has(value) })),
        more:
          left > 0 ? t('whatIf.moreChoices', { count: left, number: sayNumber(visit.language, left) }) : null,
        suggestions: rest.slice(SHOWN, SHOWN + SUGGESTED),
      }
    }),
  )
}

type Facts = Pick<ShutdownFacts, 'judgement' | 'knownCosts' | 'currencies'>
type Label = { label: string; note: string }
const LABELS: Record<Parameter, (visit: Visit, facts: Facts, values: readonly string[]) => Promise<Label[]>> =
  {
    resolve: async (visit, { judgement: { holds } }, ids) => {
      const blockers = ids.map(id => holds.blockers[holds.numbers.get(id)!]!)
      return (await nameBlockers(visit, blockers)).map(({ text, date }) => ({ label: text, note: date }))
    },
    system: async ({ context, language }, _, keys) => {
      const systems = await findSystemsByKey(context.db, keys)
      const names = new Map(systems.map(system => [system.key, sayName(language, system)]))
      return keys.map(key => ({ label: names.get(key) ?? key, note: '' }))
    },
    drop: async (_visit, _, pairs) => pairs.map(pair => ({ label: pairIn(pair)!.join(' → '), note: '' })),
    off: async (visit, facts, keys) => {
      const { t } = visit
      const { graph, verdicts } = facts.judgement
      const money = moneyOfServices(visit, facts)
      return keys.map(key => {
        const number = graph.numbers.get(key)!
        const { text } = money.monthly({ cost: graph.services[number]!.cost, ...facts.knownCosts(key) })
        return { label: key, note: `${t(`verdict.${verdicts[number]}`)} · ${text}` }
      })
    },
  }

type Candidates = Record<Parameter, string[]>

const candidates = remembered<ShutdownFacts, Promise<Candidates>>()

/** By worth; what only waits for a confirmation of silence comes after what really holds. */
async function candidatesOf(visit: Visit, facts: ShutdownFacts): Promise<Candidates> {
  return candidates(facts, async () => {
    const { judgement, blockers, frontier } = facts
    const ranked = blockers.map(number => judgement.holds.blockers[number]!)
    const others = listBlockers(judgement).map(blocker => blocker.id)
    const systems = ranked.flatMap(({ owner }) => ('system' in owner ? [owner.system] : []))
    const legacy = judgement.landscape.systems.filter(({ role }) => role === 'legacy').map(({ id }) => id)
    const known = await withoutRetired(visit.context, legacy)
    const isKnown = new Set(known)
    return {
      resolve: [...new Set([...ranked.map(({ id }) => id), ...others])],
      system: [...new Set([...systems.filter(id => isKnown.has(id)), ...known])],
      drop: frontier.map(({ consumer, provider }) => pairText(consumer, provider)),
      off: servicesByCost(judgement),
    }
  })
}

/** What is retired is finished. */
async function withoutRetired({ db }: Visit['context'], keys: readonly string[]): Promise<string[]> {
  const retired = await listSystems(db, { status: 'retired' }, 'register', ALL)
  const isRetired = new Set(retired.map(({ key }) => key))
  return keys.filter(key => !isRetired.has(key))
}

const ALL = { limit: Number.MAX_SAFE_INTEGER, offset: 0 }

/** Those that can go now first. */
function servicesByCost({ graph, verdicts }: Judgement): string[] {
  const rank = (service: number) => (verdicts[service] === 'READY' ? 0 : 1)
  return Array.from(graph.ids.keys())
    .filter(service => graph.isOn[service])
    .sort((a, b) => rank(a) - rank(b) || graph.services[b]!.cost - graph.services[a]!.cost || a - b)
    .map(service => graph.ids[service]!)
}
