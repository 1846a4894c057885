import { membersOfGroup } from './groups.ts'
import type { Judgement } from './judge.ts'
import { afterDays } from './moments.ts'

/**
 * The ring through which a service is planned for later than its earliest day: uses inside it may end, but who calls one
 * another goes in one step. Asked are the service's own and those of whoever its planned day comes from; the first one
 * that holds it longer than the service on the way out of it is given, and no ids where none does.
 */
export function ringBehind(judgement: Judgement, service: number): string[] {
  const { graph, groups, earliest } = judgement
  const way = [service]
  const isOn = new Set(way)
  for (const n of way) {
    const members = membersOfGroup(groups, groups.of[n]!)
    if (members.some(member => earliest[member]! > earliest[n]!))
      return Array.from(members, member => graph.ids[member]!)
    for (const member of members)
      for (const consumer of passingOn(judgement, member)) {
        if (isOn.has(consumer)) continue
        isOn.add(consumer)
        way.push(consumer)
      }
  }
  return []
}

/** Who of those that use the service and are not in a ring with it passes on the planned day. */
function passingOn({ graph, groups, planned, landscape }: Judgement, service: number): number[] {
  const { start, target, until } = graph.consumers
  const group = groups.of[service]!
  const uses = Array.from({ length: start[service + 1]! - start[service]! }, (_, at) => start[service]! + at)
  return uses.flatMap(at => {
    const from = groups.of[target[at]!]!
    const goes = planned[from]!
    const isPassedOn = goes <= until[at]! && afterDays(goes, landscape.soakDays) === planned[group]
    return from !== group && isPassedOn ? [target[at]!] : []
  })
}
