import { dayNumber } from '../calendar.ts'
import type { Blocker } from './blockers.ts'
import { ownBlockers } from './holds.ts'
import type { Judgement } from './judge.ts'
import { isDay } from './moments.ts'
import type { ServiceJudgement } from './service.ts'

/**
 * Of some blockers of a service those that have a part in one of its days: they end by then, and reach it by uses that
 * by plan outlast the day. A ring goes in one step, so a planned day waits for all of it, whatever ends inside.
 */
export function bearingOn<B extends Blocker>(
  judgement: Judgement,
  service: ServiceJudgement,
  name: 'earliest' | 'planned',
  blockers: readonly B[],
): B[] {
  const when = service[name]
  if (!isDay(when)) return []
  const { graph, groups, holds, landscape } = judgement
  const inTime = blockers.filter(({ date }) => isDay(date) && date <= when)
  const wanted = new Set(inTime.map(({ id }) => holds.numbers.get(id)))
  const day = dayNumber(when) - (name === 'planned' ? landscape.soakDays : 0)
  const { start, target, until } = graph.consumers
  const found = new Set<string>()
  const reached = new Set([graph.numbers.get(service.id)!])
  for (const n of reached) {
    if (found.size === wanted.size) break
    for (const number of ownBlockers(holds, n)) if (wanted.has(number)) found.add(holds.blockers[number]!.id)
    for (let at = start[n]!; at < start[n + 1]!; at++) {
      const isInRing = name === 'planned' && groups.of[target[at]!] === groups.of[n]
      if (until[at]! > day || isInRing) reached.add(target[at]!)
    }
  }
  return inTime.filter(({ id }) => found.has(id))
}
