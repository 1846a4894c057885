import type { GateState, Landscape, SystemState, Use } from '../landscape.ts'
import { sortByCodePoint } from './code-points.ts'

/**
 * One text for one landscape, whatever the order of its lists: a line for each thing, lines in code point order, each
 * beginning with its kind. Two landscapes with the same text get the same answer, so its hash can name a kept one. These
 * are its parts without the systems, which a count does not change.
 */
export function canonicalUses(landscape: Landscape): string[] {
  const services = linesOf(landscape.services, ({ id, state, offSince, role, systems, cost, gates }) =>
    line('service', id, state, offSince, role, sortByCodePoint([...systems]), cost, gatesOf(gates)),
  )
  const edges = linesOf(landscape.edges, edge => line('edge', edge.from, edge.to, ...useOf(edge)))
  const externals = linesOf(landscape.externals, use => line('external', use.name, use.to, ...useOf(use)))
  const days = line('days', landscape.quietDays, landscape.soakDays)
  return [days, edges, externals, services].filter(lines => lines !== '')
}

const lines = new WeakMap<SystemState, string>()

/** The line of a system, written once for each: a count changes the list of them, and one of it. */
export function canonicalSystem(system: SystemState): string {
  const known = lines.get(system)
  if (known !== undefined) return known
  const { id, role, residual, residualZeroOn, gates } = system
  const written = line('system', id, role, residual, residualZeroOn, gatesOf(gates))
  lines.set(system, written)
  return written
}

const written = new WeakMap<readonly unknown[], string>()

/** Written once for each list: most changes of a landscape leave most of its lists as they are. */
function linesOf<T>(things: readonly T[], write: (thing: T) => string): string {
  const lines = written.get(things) ?? sortByCodePoint(things.map(write)).join('\n')
  written.set(things, lines)
  return lines
}

function gatesOf(gates: GateState[]): string[] {
  return sortByCodePoint(gates.map(({ id, state, closesOn }) => line(id, state, closesOn)))
}

function useOf(use: Use) {
  return [use.strength, use.needs, use.declared, use.lastSeen, use.quietDays, use.until, use.waived]
}

function line(...values: unknown[]): string {
  return JSON.stringify(values)
}
