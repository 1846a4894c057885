import { sortByCodePoint } from '../domain/shutdown/code-points.ts'
import type { Judgement, Verdict } from '../domain/shutdown/judge.ts'
import { listOutsiders } from '../domain/shutdown/uses-of-service.ts'
import type { NameOf } from './dot.ts'

/** Mermaid draws no more than this by default, and readers give up on larger pictures. */
export const MOST_EDGES = 500
export const MOST_CHARACTERS = 50_000

/** `whole` draws every service, `systems` one box for each system; refused is what is too large even so. */
export type MermaidPicture =
  | { kind: 'whole' | 'systems'; text: string }
  | { kind: 'refused'; edges: number; characters: number }

/**
 * The judged landscape as a Mermaid flowchart, live uses as arrows consumer --> provider, shape and colour by
 * verdict, consumers outside the estate as flags. What is too large is collapsed to its systems, with how many uses go from one to the other.
 */
export function landscapeMermaid(judgement: Judgement, nameOf: NameOf = String): MermaidPicture {
  const outsiders = listOutsiders(judgement)
  const edges = judgement.graph.providers.target.length + outsiders.length
  if (edges <= MOST_EDGES) {
    const text = wholeText(judgement, outsiders, nameOf)
    if (text.length <= MOST_CHARACTERS) return { kind: 'whole', text }
  }
  const systems = systemsText(judgement, outsiders, nameOf)
  const isTooLarge = systems.edges > MOST_EDGES || systems.text.length > MOST_CHARACTERS
  return isTooLarge
    ? { kind: 'refused', edges: systems.edges, characters: systems.text.length }
    : { kind: 'systems', text: systems.text }
}

const SHAPES: Record<Verdict, readonly [open: string, close: string]> = {
  READY: ['([', '])'],
  FREE: ['(', ')'],
  NEEDS_REPOINT: ['{{', '}}'],
  BLOCKED: ['[/', '/]'],
  KEEP: ['[[', ']]'],
  OFF: ['[', ']'],
}

const CLASSES = `  classDef READY stroke:#176b3a,stroke-width:3px,fill:#e8f5ec,color:#1b1f24
  classDef FREE stroke:#176b3a,fill:#ffffff,color:#1b1f24
  classDef NEEDS_REPOINT stroke:#7a4b00,stroke-dasharray:5 3,fill:#fff6df,color:#1b1f24
  classDef BLOCKED stroke:#a11a1a,fill:#fdecea,color:#1b1f24
  classDef KEEP stroke:#57606a,fill:#ffffff,color:#1b1f24
  classDef OFF stroke:#57606a,stroke-dasharray:1 3,fill:#d5dae0,color:#1b1f24
  classDef OUTSIDE stroke:#a11a1a,fill:#ffffff,color:#1b1f24
`

type Outsiders = ReturnType<typeof listOutsiders>

function wholeText({ graph, verdicts }: Judgement, outsiders: Outsiders, nameOf: NameOf): string {
  const bySystem = Map.groupBy(graph.ids.keys(), service => graph.services[service]!.systems[0] ?? null)
  const parts = ['flowchart LR\n']
  let box = 0
  for (const [system, services] of bySystem) {
    if (system !== null) parts.push(`  subgraph s${box++}[${label(nameOf(system))}]\n`)
    for (const service of services) {
      const [open, close] = SHAPES[verdicts[service]!]
      parts.push(`    n${service}${open}${label(graph.ids[service]!)}${close}:::${verdicts[service]}\n`)
    }
    if (system !== null) parts.push('  end\n')
  }
  const { start, target } = graph.providers
  for (const service of graph.ids.keys()) {
    for (const provider of target.subarray(start[service], start[service + 1])) {
      parts.push(`  n${service} --> n${provider}\n`)
    }
  }
  const names = [...new Set(outsiders.map(({ name }) => name))]
  for (const [at, name] of names.entries()) parts.push(`  x${at}>${label(name)}]:::OUTSIDE\n`)
  for (const { name, service } of outsiders) parts.push(`  x${names.indexOf(name)} --> n${service}\n`)
  return parts.join('') + CLASSES
}

/** Services of no system stand in one box, and whoever is outside in another; uses inside a box are not drawn. */
function systemsText(
  { graph, verdicts }: Judgement,
  outsiders: Outsiders,
  nameOf: NameOf,
): { text: string; edges: number } {
  const systemOf = graph.services.map(service => service.systems[0] ?? '')
  const systems = sortByCodePoint([...new Set(systemOf)])
  const numbers = new Map(systems.map((system, number) => [system, number]))
  const members = Map.groupBy(graph.ids.keys(), service => systemOf[service]!)
  const boxes = systems.map((system, number) => {
    const counts = Map.groupBy(members.get(system)!, service => verdicts[service]!)
    const said = [...counts].map(([verdict, services]) => `${verdict} ${services.length}`).sort()
    return `  n${number}[${label([nameOf(system) || '-', ...said].join(' · '))}]\n`
  })
  const uses = new Map<string, number>()
  const { start, target } = graph.providers
  for (const service of graph.ids.keys()) {
    for (const provider of target.subarray(start[service], start[service + 1])) {
      const [from, to] = [numbers.get(systemOf[service]!)!, numbers.get(systemOf[provider]!)!]
      if (from !== to) uses.set(`${from} ${to}`, (uses.get(`${from} ${to}`) ?? 0) + 1)
    }
  }
  const outside = new Set(outsiders.map(({ name }) => name)).size
  if (outside > 0) boxes.push(`  x>${label(`external · ${outside}`)}]\n`)
  for (const { service } of outsiders) {
    const ends = `x ${numbers.get(systemOf[service]!)}`
    uses.set(ends, (uses.get(ends) ?? 0) + 1)
  }
  const arrows = Array.from(uses, ([ends, count]) => {
    const [from, to] = ends.split(' ')
    return `  ${from === 'x' ? from : `n${from}`} -->|${count}| n${to}\n`
  })
  return { text: ['flowchart LR\n', ...boxes, ...arrows].join(''), edges: uses.size }
}

/** Between quotes only letters, digits and harmless signs stand as they are; the rest as Mermaid's own entities. */
function label(text: string): string {
  const plain = text.replace(/\s+/g, ' ')
  return `"${plain.replace(/["#&<>`\\;{}]|\p{C}/gu, sign => `#${sign.codePointAt(0)};`)}"`
}
