import type { Edge, Landscape } from '../../src/domain/landscape.ts'

export type Size = { services: number; edges: number; systems: number }

/** An estate of any size, always the same one: mostly layered, with rings, old calls, and systems of all kinds. */
export function landscapeOf({ services, edges, systems }: Size): Landscape {
  const random = randomNumbers(services + edges)
  return {
    quietDays: 30,
    soakDays: 7,
    systems: Array.from({ length: systems }, (_, at) => ({
      id: `system-${at}`,
      role: 'legacy',
      residual: at % 3 === 0 ? 0 : at,
      residualZeroOn: at % 5 === 0 ? null : `2027-0${1 + (at % 9)}-15`,
      gates: at % 4 === 0 ? [{ id: 'approval', state: 'open', closesOn: null }] : [],
    })),
    services: Array.from({ length: services }, (_, at) => ({
      id: `service-${at}`,
      state: isOff(at) ? 'off' : 'on',
      offSince: isOff(at) ? '2026-01-10' : null,
      role: systems === 0 || at % 10 > 0 ? 'follows' : at % 490 === 0 ? 'stay' : 'legacy',
      systems: systems > 0 && at % 20 === 0 ? [`system-${random(systems)}`] : [],
      cost: 100 + (at % 7) * 50,
      gates: [],
    })),
    edges: Array.from({ length: edges }, () => edgeOf(random, services)),
    externals: [],
  }
}

function isOff(at: number): boolean {
  return at % 97 === 5
}

function edgeOf(random: (below: number) => number, services: number): Edge {
  const a = random(services)
  const b = random(50) > 0 ? random(services) : Math.max(0, a - random(3))
  const isForward = a < b
  const from = isForward || a - b < 3 ? a : b
  const seen = isOff(from) ? 0 : random(4)
  return {
    from: `service-${from}`,
    to: `service-${a + b - from}`,
    strength: 'hard',
    needs: 'from',
    declared: seen === 0,
    lastSeen: seen === 0 ? null : `2026-08-${10 + random(12)}`,
    quietDays: null,
    until: random(100) === 0 ? '2026-12-01' : null,
    waived: false,
  }
}

/** Mulberry32: repeatable, and good enough to scatter edges. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}
