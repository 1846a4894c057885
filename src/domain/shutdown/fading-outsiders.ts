import { addDays, type Day } from '../calendar.ts'
import type { ExternalConsumer, Landscape } from '../landscape.ts'
import type { Judgement } from './judge.ts'
import { outsideStandingOf, watchOn } from './uses.ts'

/**
 * The first day on which somebody outside the estate holds nothing any more, or not these services, unless seen again.
 * Null where somebody declared a use that holds, where none does, and where its planned end comes no later.
 */
export function outsiderQuietOn(
  { graph, landscape, today }: Pick<Judgement, 'graph' | 'landscape' | 'today'>,
  name: string,
  services?: readonly string[],
): Day | null {
  const isFresh = watchOn(landscape, today)
  const uses = (usesByName(landscape).get(name) ?? []).filter(
    use =>
      (services?.includes(use.to) ?? true) &&
      graph.isOn[graph.numbers.get(use.to) ?? -1] &&
      use.needs !== 'to' &&
      outsideStandingOf(use, isFresh) === 'live',
  )
  if (uses.some(({ declared }) => declared)) return null
  const ends = uses.map(({ lastSeen, quietDays, until }) => {
    const quietOn = addDays(lastSeen!, quietDays ?? landscape.quietDays)
    return { quietOn, isSooner: until === null || until <= today || quietOn < until }
  })
  return ends.every(({ isSooner }) => isSooner)
    ? (ends
        .map(end => end.quietOn)
        .sort()
        .at(-1) ?? null)
    : null
}

const known = new WeakMap<readonly ExternalConsumer[], Map<string, ExternalConsumer[]>>()

/** Asked of one after the other, so they are put in order once. */
function usesByName({ externals }: Landscape): Map<string, ExternalConsumer[]> {
  const uses = known.get(externals) ?? Map.groupBy(externals, ({ name }) => name)
  known.set(externals, uses)
  return uses
}
