import { residualOf } from '../domain/shutdown/blockers.ts'
import { listStillHeld } from '../domain/shutdown/comparison.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import type { Change } from '../domain/shutdown/what-if.ts'
import { servicePath } from './addresses.ts'
import { sayBlockers } from './blocker-words.ts'
import type { Visit } from './visit.ts'
import { type Wish, whatIfPath } from './what-if-change.ts'
import { sayNumber } from './words.ts'

const SHOWN = 12
const NAMED = 10

/** What is left in the way of the services that the change helped, each with the step that would add it. */
export async function whyNotMore(
  visit: Visit,
  before: Judgement,
  after: Judgement,
  change: Change,
  wishes: readonly Wish[],
) {
  const { t, language } = visit
  const touched = [...change.dropEdges.map(([, provider]) => provider), ...providersOf(before, change.off)]
  const { services, blockers } = listStillHeld(before, after, touched)
  const shown = blockers.slice(0, SHOWN)
  const said = await sayBlockers(visit, shown)
  const number = (count: number) => ({ count, number: sayNumber(language, count) })
  return {
    heading: t('whatIf.stillHeld', number(services.length)),
    services: services.slice(0, NAMED).map(key => ({ text: key, href: servicePath(key) })),
    moreServices: services.length > NAMED ? t('whatIf.more', number(services.length - NAMED)) : null,
    gates: await openGates(visit, after, change),
    rows: shown.map((blocker, at) => ({
      ...said[at]!,
      holds: t('whatIf.holds', number(blocker.services)),
      also:
        blocker.kind === 'permanent'
          ? null
          : whatIfPath([...wishes, { parameter: 'resolve', value: blocker.id }]),
    })),
    more: blockers.length > SHOWN ? t('whatIf.moreReasons', number(blockers.length - SHOWN)) : null,
  }
}

/** A residual that reaches zero closes no gate: the gates that stay open beside each resolved residual. */
async function openGates(visit: Visit, after: Judgement, { resolve }: Change) {
  const isResolved = new Set(resolve)
  const systems = after.landscape.systems.filter(({ id }) => isResolved.has(residualOf(id).id))
  const lines = await Promise.all(
    systems.map(async ({ id }) => {
      const gates = after.holds.blockers.filter(
        ({ owner }) => owner.kind === 'system-gate' && owner.system === id,
      )
      return (await sayBlockers(visit, gates)).map(({ text, next }) => ({
        text: visit.t('whatIf.gateStays', { gate: text }),
        next,
      }))
    }),
  )
  return lines.flat()
}

function providersOf({ graph }: Judgement, consumers: readonly string[]): string[] {
  const { start, target } = graph.providers
  return consumers.flatMap(key => {
    const consumer = graph.numbers.get(key)
    if (consumer === undefined) return []
    return Array.from(target.subarray(start[consumer], start[consumer + 1]), provider => graph.ids[provider]!)
  })
}
