import type { GateState, Landscape, Use } from '../landscape.ts'
import { sortByCodePoint } from './code-points.ts'

/**
 * One text for one landscape, whatever the order of its lists: a line for each thing, lines in code point
 * order. Two landscapes with the same text get the same answer, so its hash can name a kept one.
 */
export function canonicalText(landscape: Landscape): string {
  const lines = [
    ...landscape.systems.map(({ id, role, residual, residualZeroOn, gates }) =>
      line('system', id, role, residual, residualZeroOn, gatesOf(gates)),
    ),
    ...landscape.services.map(({ id, state, offSince, role, systems, cost, gates }) =>
      line('service', id, state, offSince, role, sortByCodePoint([...systems]), cost, gatesOf(gates)),
    ),
    ...landscape.edges.map(edge => line('edge', edge.from, edge.to, ...useOf(edge))),
    ...landscape.externals.map(use => line('external', use.name, use.to, ...useOf(use))),
  ]
  const days = line('days', landscape.quietDays, landscape.soakDays)
  return [days, ...sortByCodePoint(lines)].join('\n')
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
