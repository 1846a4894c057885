import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Landscape } from '../../../src/domain/landscape.ts'
import { type Judgement, judge } from '../../../src/domain/shutdown/judge.ts'
import { whatIf } from '../../../src/domain/shutdown/what-if.ts'
import { answerOf } from '../../support/answers.ts'
import { anyChange, anyLandscape, RUNS, TODAY, turnedRound } from '../../support/random-landscape.ts'

const NO_CHANGE = { resolve: [], systems: [], dropEdges: [], off: [] }

function holds(law: (landscape: Landscape) => void) {
  fc.assert(fc.property(anyLandscape, law), { numRuns: RUNS / 2 })
}

function freeIn(judgement: Judgement): string[] {
  return judgement.graph.ids.filter((_, n) => ['READY', 'FREE'].includes(judgement.verdicts[n]!))
}

function eachEdge({ graph }: Judgement, see: (consumer: number, provider: number) => void) {
  graph.ids.forEach((_, n) => {
    graph.providers.target.slice(graph.providers.start[n], graph.providers.start[n + 1]).forEach(to => {
      see(n, to)
    })
  })
}

test('whoever uses a free service is free', () =>
  holds(landscape => {
    const judgement = judge(landscape, TODAY)
    const free = new Set(freeIn(judgement))
    eachEdge(judgement, (consumer, provider) => {
      if (free.has(judgement.graph.ids[provider]!)) expect(free).toContain(judgement.graph.ids[consumer]!)
    })
  }))

test('one more edge never frees anybody', () =>
  fc.assert(
    fc.property(anyLandscape, anyLandscape, (landscape, other) => {
      const more = { ...landscape, edges: [...landscape.edges, ...other.edges.slice(0, 1)] }
      const before = freeIn(judge(landscape, TODAY))
      expect(before).toEqual(expect.arrayContaining(freeIn(judge(more, TODAY))))
    }),
    { numRuns: RUNS / 2 },
  ))

test('resolving and re-pointing never hold anybody back', () =>
  fc.assert(
    fc.property(anyLandscape, anyChange, (landscape, change) => {
      expect(whatIf(judge(landscape, TODAY), { ...change, off: [] }).lost).toEqual([])
    }),
    { numRuns: RUNS / 2 },
  ))

test('a consumer goes in an earlier wave than its provider, unless they go together', () =>
  holds(landscape => {
    const judgement = judge(landscape, TODAY)
    const { groups, waves } = judgement
    eachEdge(judgement, (consumer, provider) => {
      const [from, to] = [groups.of[consumer]!, groups.of[provider]!]
      if (from !== to && waves[to]! > 0) expect(waves[from]).toBeLessThan(waves[to]!)
    })
  }))

test('nothing is planned before it is possible', () =>
  holds(landscape => {
    const { graph, groups, planned, earliest } = judge(landscape, TODAY)
    graph.ids.forEach((_, n) => {
      if (graph.isOn[n]) expect(planned[groups.of[n]!]).toBeGreaterThanOrEqual(earliest[n]!)
    })
  }))

test('with the first wave off, every later wave moves up by one', () =>
  holds(landscape => {
    // Calls of the last days would keep providers busy for a while; declared uses do not.
    const edges = landscape.edges.map(edge => ({ ...edge, declared: true, lastSeen: null }))
    const judgement = judge({ ...landscape, edges }, TODAY)
    const { waves } = answerOf({ ...landscape, edges }, TODAY)
    const { after } = whatIf(judgement, { ...NO_CHANGE, off: waves[0] ?? [] })
    expect(answerOf(after.landscape, TODAY).waves).toEqual(waves.slice(1))
  }))

test('the order of the input changes nothing', () =>
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const turned = turnedRound(landscape)
      expect(answerOf(turned, TODAY, { whatIf: [], bestK: 2 })).toEqual(
        answerOf(landscape, TODAY, { whatIf: [], bestK: 2 }),
      )
    }),
    { numRuns: RUNS / 2 },
  ))
