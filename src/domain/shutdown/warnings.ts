import type { Edge } from '../landscape.ts'
import { sortByCodePoint } from './code-points.ts'
import type { Judgement } from './judge.ts'
import { eachNeed, outsideStandingOf, standingOf, watchOn } from './uses.ts'

const WARNING_KINDS = ['self', 'stale', 'waived', 'off-provider', 'unknown-provider'] as const
type WarningKind = (typeof WARNING_KINDS)[number]

type End = { id: string; number: number }

/** Something in the data that a person should look at; it holds nothing back. */
export type Warning = { id: string; kind: WarningKind; consumer: string; provider: string }

/**
 * Every warning once, by code point: a service that uses itself (`self:a`), a use that is no longer seen
 * (`stale:a>b`), one that was waived, a service that is on and needs one that is off, and a use of a service
 * that is not in the landscape, which may be a misspelt one. A pair is warned of even when another of its
 * sources is live, because each source has its own owner.
 */
export function listWarnings({ landscape, today, graph }: Judgement): Warning[] {
  const found = new Map<string, Warning>()
  const isFresh = watchOn(landscape, today)
  landscape.edges.forEach((edge, at) => {
    const standing = standingOf(edge, isFresh)
    if (standing === 'self') warn('self', edge.from, edge.to)
    if (standing === 'quiet') warn('stale', edge.from, edge.to)
    if (standing === 'waived') warn('waived', edge.from, edge.to)
    if (standing === 'live') warnOfProviders(edge, at)
  })
  for (const use of landscape.externals) {
    if (graph.numbers.has(use.to) || outsideStandingOf(use, isFresh) !== 'live') continue
    warn('unknown-provider', use.name, use.to)
  }
  return sortByCodePoint([...found.keys()]).map(id => found.get(id)!)

  function warnOfProviders({ needs, from, to }: Edge, at: number) {
    const [user, used] = [graph.ends.from[at]!, graph.ends.to[at]!]
    eachNeed(needs, { id: from, number: user }, { id: to, number: used }, warnOfProvider)
  }

  function warnOfProvider(consumer: End, provider: End) {
    if (provider.number < 0) warn('unknown-provider', consumer.id, provider.id)
    else if (!graph.isOn[provider.number] && graph.isOn[consumer.number])
      warn('off-provider', consumer.id, provider.id)
  }

  function warn(kind: WarningKind, consumer: string, provider: string) {
    const id = kind === 'self' ? `self:${consumer}` : `${kind}:${consumer}>${provider}`
    found.set(id, { id, kind, consumer, provider })
  }
}
