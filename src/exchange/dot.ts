import { listWaves } from '../domain/shutdown/estate.ts'
import type { Judgement, Verdict } from '../domain/shutdown/judge.ts'
import { listOutsiders } from '../domain/shutdown/uses-of-service.ts'

/** Every verdict has a shape as well as a colour: a printed picture is often grey. */
const LOOKS: Record<Verdict, string> = {
  READY: 'shape=box, style="rounded,filled,bold", color="#176b3a", fillcolor="#e8f5ec"',
  FREE: 'shape=ellipse, style="filled", color="#176b3a", fillcolor="#ffffff"',
  NEEDS_REPOINT: 'shape=hexagon, style="filled,dashed", color="#7a4b00", fillcolor="#fff6df"',
  BLOCKED: 'shape=octagon, style="filled", color="#a11a1a", fillcolor="#fdecea"',
  KEEP: 'shape=box3d, style="filled", color="#57606a", fillcolor="#ffffff"',
  OFF: 'shape=box, style="filled,dotted", color="#57606a", fillcolor="#d5dae0"',
}
const OUTSIDE = 'shape=note, style="filled", color="#a11a1a", fillcolor="#ffffff"'

/** What a system is called in a picture; its key where nobody says. */
export type NameOf = (system: string) => string

/**
 * The judged landscape for Graphviz, in pieces: a box around the services of each system (of several, the first),
 * colour and shape by verdict, services of one wave in one rank, live uses as arrows consumer -> provider,
 * consumers outside the estate as notes.
 */
export function* landscapeDot(judgement: Judgement, nameOf: NameOf = String): Generator<string> {
  const { graph, today } = judgement
  yield `digraph ${quoted(`landscape ${today}`)} {\n  rankdir=LR; newrank=true; compound=true;\n`
  yield '  node [fontname="sans-serif", fontsize=11]; edge [color="#7b8794", arrowsize=0.7];\n'
  yield* servicesOf(judgement, nameOf)
  for (const wave of listWaves(judgement)) yield `  { rank=same; ${wave.map(quoted).join('; ')}; }\n`
  const { start, target } = graph.providers
  for (let consumer = 0; consumer < graph.ids.length; consumer++) {
    for (let at = start[consumer]!; at < start[consumer + 1]!; at++) {
      yield `  ${quoted(graph.ids[consumer]!)} -> ${quoted(graph.ids[target[at]!]!)};\n`
    }
  }
  yield* outsidersOf(judgement)
  yield '}\n'
}

function* outsidersOf(judgement: Judgement): Generator<string> {
  const { graph } = judgement
  const drawn = new Set<string>()
  for (const { name, service } of listOutsiders(judgement)) {
    const id = outsideId(graph, name)
    if (!drawn.has(id)) yield `  ${quoted(id)} [label=${label(name)}, ${OUTSIDE}];\n`
    drawn.add(id)
    yield `  ${quoted(id)} -> ${quoted(graph.ids[service]!)};\n`
  }
}

/** A service may have any id. */
function outsideId({ numbers }: Judgement['graph'], name: string): string {
  let id = `external:${name}`
  while (numbers.has(id)) id = `external:${id}`
  return id
}

function* servicesOf({ graph, verdicts }: Judgement, nameOf: NameOf): Generator<string> {
  const bySystem = Map.groupBy(graph.ids.keys(), service => graph.services[service]!.systems[0] ?? null)
  let cluster = 0
  for (const [system, services] of bySystem) {
    const indent = system === null ? '  ' : '    '
    if (system !== null) yield `  subgraph "cluster_${cluster++}" {\n    label=${label(nameOf(system))};\n`
    for (const service of services) {
      const id = graph.ids[service]!
      yield `${indent}${quoted(id)} [label=${label(id)}, ${LOOKS[verdicts[service]!]}];\n`
    }
    if (system !== null) yield '  }\n'
  }
}

/** An id: the reader takes everything between the quotes as it is. No text file holds a NUL. */
function quoted(text: string): string {
  return `"${text.replaceAll('\0', '').replace(/["\\]/g, sign => `\\${sign}`)}"`
}

/** A label: here the reader also knows escapes as \N and entities as &lt;. */
function label(text: string): string {
  return quoted(text.replaceAll('&', '&amp;')).replace(/\r?\n/g, '\\n')
}
