import type { Graph } from './graph.ts'

/** How far each service is from the nearest source, and its neighbour on the way there. */
export type Distances = {
  /** Edges to the nearest source, -1 when no source reaches the service. */
  steps: Int32Array
  /** The next service towards the source, -1 at a source and where nothing reaches. */
  before: Int32Array
}

/**
 * One breadth-first walk from all sources at once. Of several equally short ways the smallest id wins at
 * every step, so the order of the input cannot be seen in the answer.
 */
export function distancesFrom(graph: Graph, isSource: (service: number) => boolean): Distances {
  const size = graph.ids.length
  const steps = new Int32Array(size).fill(-1)
  const queue = new Int32Array(size)
  let end = 0
  for (let n = 0; n < size; n++) if (graph.isOn[n] && isSource(n)) reach(n, 0)
  for (let at = 0; at < end; at++) {
    const n = queue[at]!
    const { start, target } = graph.providers
    for (let edge = start[n]!; edge < start[n + 1]!; edge++) {
      if (steps[target[edge]!] === -1) reach(target[edge]!, steps[n]! + 1)
    }
  }
  return { steps, before: neighbours(graph, steps) }

  function reach(n: number, step: number) {
    steps[n] = step
    queue[end++] = n
  }
}

/** The way from a source to the service, both included; null when no source reaches it. */
export function chainTo({ steps, before }: Distances, service: number): number[] | null {
  if (steps[service]! < 0) return null
  const chain: number[] = []
  for (let n = service; n >= 0; n = before[n]!) chain.push(n)
  return chain.reverse()
}

function neighbours(graph: Graph, steps: Int32Array): Int32Array {
  const before = new Int32Array(steps.length).fill(-1)
  const { start, target } = graph.consumers
  for (let n = 0; n < steps.length; n++) {
    if (steps[n]! <= 0) continue
    for (let edge = start[n]!; edge < start[n + 1]!; edge++) {
      const consumer = target[edge]!
      if (steps[consumer] !== steps[n]! - 1) continue
      if (before[n] === -1 || consumer < before[n]!) before[n] = consumer
    }
  }
  return before
}
