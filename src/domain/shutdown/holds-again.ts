import { type Day, dayNumber } from '../calendar.ts'
import type { Landscape } from '../landscape.ts'
import { placesMoved } from '../patched.ts'
import { isSameReason, PERMANENT, type Reason } from './blockers.ts'
import type { Graph } from './graph.ts'
import { Held, type Holds, holdsFrom, holdsOf, inOrder } from './holds.ts'
import type { Moment } from './moments.ts'
import { findReasons } from './reasons.ts'

/** What was judged, on the same day and with nothing resolved. */
export type Before = { graph: Graph; holds: Holds; landscape: Landscape }

/**
 * The same as `holdsOf`, for what a landscape has become: reasons are found anew only for services that a change may
 * have reached, and all others keep those they had, without what is `resolved`. Of the same landscape nothing is asked.
 */
export function holdsAgain(
  before: Before,
  graph: Graph,
  landscape: Landscape,
  today: Day,
  resolved: ReadonlySet<string>,
): Holds {
  const old = before.holds
  const anew = () => holdsOf(graph, landscape, today, resolved)
  if (!old.isClear || before.landscape.quietDays !== landscape.quietDays) return anew()
  const held = new Held()
  const reasons: Reason[] = [...old.blockers]
  const numbers = new Map<string, number>()
  const isHeld = new Uint8Array(old.blockers.length)
  const gone = new Set(
    Array.from(resolved, id => old.numbers.get(id)).filter(number => number !== old.permanent),
  )
  const sources = sourcesOf(before, graph, landscape)
  let isClear = true
  sources.forEach(carry)
  findReasons(graph, landscape, today, { isAsked: service => sources[service] === -1, note })
  if (!isClear) return anew()
  const isSame = reasons.length === old.blockers.length && isHeld.every(one => one === 1)
  const ordered = isSame
    ? { reasons, numbers: old.numbers, places: new Int32Array(reasons.length).map((_, number) => number) }
    : inOrder(reasons, number => number >= isHeld.length || isHeld[number] === 1)
  return { ...holdsFrom(ordered, held, graph.ids.length, dayNumber(today)), isClear }

  function carry(source: number, service: number) {
    if (source < 0) return
    for (let at = old.start[source]!; at < old.start[source + 1]!; at++) {
      const number = old.blocker[at]!
      if (gone.has(number)) continue
      isHeld[number] = 1
      held.add(service, number, old.stated[at]!)
    }
  }

  function note(service: number, reason: Reason, end: Moment) {
    if (resolved.has(reason.id) && reason !== PERMANENT) return
    let number = old.numbers.get(reason.id) ?? numbers.get(reason.id)
    if (number === undefined) {
      number = reasons.push(reason) - 1
      numbers.set(reason.id, number)
    } else {
      isClear &&= isSameReason(reasons[number]!, reason)
      if (number < isHeld.length) isHeld[number] = 1
    }
    held.add(service, number, end)
  }
}

/** By service the number that it had before; -1 where its own reasons may be others now. */
function sourcesOf(before: Before, graph: Graph, landscape: Landscape): Int32Array {
  const was = before.graph
  const moved = movedSystems(before.landscape, landscape)
  const sources = new Int32Array(graph.ids.length)
  for (let service = 0; service < sources.length; service++) {
    const source = was.ids === graph.ids ? service : (was.numbers.get(graph.ids[service]!) ?? -1)
    const state = graph.services[service]!
    const isSame =
      was.services[source] === state && !(moved.size > 0 && state.systems.some(id => moved.has(id)))
    sources[service] = isSame ? source : -1
  }
  const reach = (id: string) => {
    const service = graph.numbers.get(id)
    if (service !== undefined) sources[service] = -1
  }
  if (before.landscape.externals !== landscape.externals) {
    for (const { to } of [...before.landscape.externals, ...landscape.externals]) reach(to)
  }
  if (was !== graph) {
    for (const { provider } of was.strays) reach(was.ids[provider]!)
    for (const { provider } of graph.strays) sources[provider] = -1
  }
  return sources
}

/** The ids of systems that are not the very same as before. */
function movedSystems({ systems: before }: Landscape, { systems: after }: Landscape): Set<string> {
  const places = placesMoved(before, after) ?? Array(Math.max(before.length, after.length)).keys()
  const moved = new Set<string>()
  for (const at of places) {
    if (before[at] === after[at]) continue
    for (const system of [before[at], after[at]]) if (system) moved.add(system.id)
  }
  return moved
}
