import { addDays, type Day } from '../calendar.ts'
import type { Edge, Use } from '../landscape.ts'
import type { Judgement } from './judge.ts'
import { outsideStandingOf, type Standing, standingOf, watchOn } from './uses.ts'

/** One source's report of one use, live or not and why. */
export type ReportedUse = Use & {
  consumer: string
  provider: string
  /** Whether the consumer is one of the services or somebody outside the estate. */
  isExternal: boolean
  /** What the report is worth by itself. */
  standing: Standing
  consumerState: 'on' | 'off' | 'unknown' | 'external'
  providerState: 'on' | 'off' | 'unknown'
  /** First day on which it counts as quiet; null while it is declared or when it was never seen. */
  quietOn: Day | null
  /** The day of its planned re-pointing, when that has come and it is still live. */
  overdueSince: Day | null
}

/** Every reported use of the service by somebody else, in the order of the landscape, outsiders last. */
export function listConsumers(judgement: Judgement, id: string): ReportedUse[] {
  const { landscape, today } = judgement
  const isFresh = watchOn(landscape, today)
  const outside = landscape.externals
    .filter(use => use.to === id)
    .map(({ name, to, ...use }) => {
      const standing = outsideStandingOf(use, isFresh)
      return {
        ...reported(judgement, use, name, to),
        standing,
        overdueSince: overdueSince(use, standing, today),
        isExternal: true,
        consumerState: 'external' as const,
      }
    })
  return [...listEdges(judgement, edge => edge.to === id), ...outside]
}

/** The names of all who use the service today: a declaration by somebody who is off is none, a call by them is. */
export function listLiveConsumers(judgement: Judgement, id: string): string[] {
  return namesOf(listLiveUses(judgement, id))
}

/** Of them those who call it still: the last calls of one that went off after them only have to become quiet. */
export function listCallers(judgement: Judgement, id: string): string[] {
  const { graph } = judgement
  const offSince = (consumer: string) => graph.services[graph.numbers.get(consumer)!]!.offSince
  return namesOf(
    listLiveUses(judgement, id).filter(({ consumer, consumerState, lastSeen }) => {
      const off = consumerState === 'off' ? offSince(consumer) : null
      return off === null || lastSeen! > off
    }),
  )
}

/** Who runs and cannot live without it though it is it that calls them: a queue's far end, and whoever it feeds. */
export function listFed(judgement: Judgement, id: string): string[] {
  return [...new Set(listFedUses(judgement, id, 'live').map(({ provider }) => provider))]
}

/** Of whom that is waived, and so holds nothing. */
export function listWaivedFed(judgement: Judgement, id: string): string[] {
  const live = listFed(judgement, id)
  const isFresh = watchOn(judgement.landscape, judgement.today)
  const waived = listFedUses(judgement, id, 'waived').filter(use => use.declared || isFresh(use))
  return [...new Set(waived.map(({ provider }) => provider))].filter(name => !live.includes(name))
}

function listFedUses(judgement: Judgement, id: string, wanted: Standing): ReportedUse[] {
  return listProviders(judgement, id).filter(
    ({ standing, needs, providerState }) => standing === wanted && needs !== 'from' && providerState === 'on',
  )
}

/** Who still calls it although that is waived, and so holds nothing. */
export function listWaivedCallers(judgement: Judgement, id: string): string[] {
  const isFresh = watchOn(judgement.landscape, judgement.today)
  const live = new Set(listLiveConsumers(judgement, id))
  const waived = listConsumers(judgement, id).filter(
    use =>
      use.standing === 'waived' &&
      use.needs !== 'to' &&
      use.consumerState !== 'off' &&
      (use.declared || isFresh(use)),
  )
  return namesOf(waived).filter(name => !live.has(name))
}

function listLiveUses(judgement: Judgement, id: string): ReportedUse[] {
  const isFresh = watchOn(judgement.landscape, judgement.today)
  return listConsumers(judgement, id).filter(
    use => use.standing === 'live' && (use.consumerState !== 'off' || isFresh(use)),
  )
}

function namesOf(uses: readonly ReportedUse[]): string[] {
  return [...new Set(uses.map(use => use.consumer))]
}

/** Who outside the estate holds which service that is on, each pair once, in the order of the landscape. */
export function listOutsiders({ landscape, today, graph }: Judgement): { name: string; service: number }[] {
  const isFresh = watchOn(landscape, today)
  const pairs = new Map<string, { name: string; service: number }>()
  for (const use of landscape.externals) {
    const service = graph.numbers.get(use.to) ?? -1
    if (!graph.isOn[service] || use.needs === 'to' || outsideStandingOf(use, isFresh) !== 'live') continue
    pairs.set(JSON.stringify([use.name, service]), { name: use.name, service })
  }
  return [...pairs.values()]
}

/** Every reported use that the service makes of another one. */
export function listProviders(judgement: Judgement, id: string): ReportedUse[] {
  return listEdges(judgement, edge => edge.from === id)
}

function listEdges(judgement: Judgement, isWanted: (edge: Edge) => boolean): ReportedUse[] {
  const isFresh = watchOn(judgement.landscape, judgement.today)
  return judgement.landscape.edges.filter(isWanted).map(edge => {
    const { from, to, ...use } = edge
    const standing = standingOf(edge, isFresh)
    const overdue = overdueSince(use, standing, judgement.today)
    return { ...reported(judgement, use, from, to), standing, overdueSince: overdue }
  })
}

function overdueSince({ until }: Use, standing: Standing, today: Day): Day | null {
  return standing === 'live' && until !== null && until <= today ? until : null
}

function reported(judgement: Judgement, use: Use, consumer: string, provider: string) {
  const quietDays = use.quietDays ?? judgement.landscape.quietDays
  const quietOn = use.declared || use.lastSeen === null ? null : addDays(use.lastSeen, quietDays)
  const consumerState = stateOf(judgement, consumer)
  const providerState = stateOf(judgement, provider)
  return { ...use, consumer, provider, isExternal: false, consumerState, providerState, quietOn }
}

function stateOf({ graph }: Judgement, id: string): 'on' | 'off' | 'unknown' {
  const number = graph.numbers.get(id)
  return number === undefined ? 'unknown' : graph.services[number]!.state
}
