import type { Graph } from '@viz-js/viz'
import { layoutOf } from './layout.ts'
import { type Box, digits, type Look, outlineOf } from './shapes.ts'

export type PictureNode = {
  name: string
  /** Null where it has no page. */
  href: string | null
  verdict: Look
  /** What a pointer or a reader is told. */
  title: string
  isHere: boolean
  /** Nodes of one rank stand above one another. */
  rank: number | null
}
export type PictureEdge = { from: number; to: number; title: string }

/** A picture of our own, drawn with classes only: what Graphviz gives is coordinates. */
export type Picture = {
  width: number
  height: number
  nodes: {
    x: number
    y: number
    label: string
    href: string | null
    title: string
    look: string
    outline: string
  }[]
  edges: { curve: string; head: string; title: string }[]
}

const EM = 13
const HEIGHT = 30
const LONGEST = 26
const POINTS_AN_INCH = 72
const MARGIN = 8

/** Consumers on the left of what they use. Null when it could not be drawn in time. */
export async function drawPicture(
  nodes: readonly PictureNode[],
  edges: readonly PictureEdge[],
): Promise<Picture | null> {
  const labels = nodes.map(({ name }) => shortened(name))
  const widths = labels.map(label => Math.max(60, widthOf(label) + 24))
  const drawn = await layoutOf(graphOf(nodes, edges, widths))
  if (!drawn) return null
  const [, , width = 0, height = 0] = drawn.bb.split(',').map(Number)
  const place = placer(height)
  const places = new Map(drawn.objects?.map(({ name, pos }) => [name, pos]))
  const names = new Map(drawn.objects?.map(({ _gvid, name }) => [_gvid, name]))
  const titles = new Map(edges.map(({ from, to, title }) => [`n${from} n${to}`, title]))
  return {
    width: Math.ceil(width + 2 * MARGIN),
    height: Math.ceil(height + 2 * MARGIN),
    nodes: nodes.map(({ href, title, verdict, isHere }, at) => {
      const [x, y] = place(places.get(`n${at}`)!)
      const box: Box = { x, y, width: widths[at]!, height: HEIGHT }
      const look = isHere ? `${verdict} here` : verdict
      return {
        x,
        y: digits(y + EM / 3),
        label: labels[at]!,
        href,
        title,
        look,
        outline: outlineOf(verdict, box),
      }
    }),
    edges: (drawn.edges ?? []).map(({ pos, tail, head }) => ({
      ...curveOf(pos, place),
      title: titles.get(`${names.get(tail)} ${names.get(head)}`)!,
    })),
  }
}

/** Names in the graph are numbers of ours: what services are called never reaches Graphviz. */
function graphOf(
  nodes: readonly PictureNode[],
  edges: readonly PictureEdge[],
  widths: readonly number[],
): Graph {
  const ranks = Map.groupBy(nodes.keys(), at => nodes[at]!.rank)
  return {
    graphAttributes: { rankdir: 'LR', nodesep: 0.12, ranksep: 0.5, nslimit: 2, nslimit1: 2, mclimit: 0.3 },
    nodeAttributes: { shape: 'box', fixedsize: true, height: HEIGHT / POINTS_AN_INCH, label: '' },
    nodes: widths.map((width, at) => ({ name: `n${at}`, attributes: { width: width / POINTS_AN_INCH } })),
    edges: edges.map(({ from, to }) => ({ tail: `n${from}`, head: `n${to}` })),
    subgraphs: [...ranks]
      .filter(([rank, members]) => rank !== null && members.length > 1)
      .map(([, members]) => ({
        graphAttributes: { rank: 'same' },
        nodes: members.map(at => ({ name: `n${at}` })),
      })),
  }
}

type Place = (pair: string) => [x: number, y: number]

/** Graphviz counts upwards, a screen downwards. */
function placer(height: number): Place {
  return pair => {
    const [x = 0, y = 0] = pair.split(',').map(Number)
    return [digits(x + MARGIN), digits(height - y + MARGIN)]
  }
}

/** `e,x,y` is the tip of the arrow, then come the points of a line of Bezier curves. */
function curveOf(pos: string, place: Place): { curve: string; head: string } {
  const parts = pos.split(' ')
  const tip = parts.find(part => part.startsWith('e,'))
  const points = parts.filter(part => !/^[es],/.test(part)).map(place)
  const [first, ...rest] = points
  const curve = `M${first}C${rest.join(' ')}`
  const [x, y] = points.at(-1)!
  if (!tip) return { curve, head: '' }
  const [tipX, tipY] = place(tip.slice(2))
  const length = Math.hypot(tipX - x, tipY - y) || 1
  const [sideX, sideY] = [((tipY - y) / length) * 3.5, ((x - tipX) / length) * 3.5]
  const corner = (sign: number) => `${digits(x + sign * sideX)},${digits(y + sign * sideY)}`
  return { curve, head: `M${tipX},${tipY}L${corner(1)}L${corner(-1)}Z` }
}

function shortened(name: string): string {
  const signs = [...name]
  return signs.length > LONGEST ? `${signs.slice(0, LONGEST - 1).join('')}…` : name
}

/** Chinese signs are as wide as high, others about half: close enough for a box. */
function widthOf(label: string): number {
  return [...label].reduce((sum, sign) => sum + (sign.codePointAt(0)! > 0x2e7f ? EM : EM * 0.58), 0)
}
