import type { Verdict } from '../../domain/shutdown/judge.ts'

export type Box = { x: number; y: number; width: number; height: number }

/** What a node is drawn as: a service by its verdict, or somebody outside the estate, who has none. */
export type Look = Verdict | 'OUTSIDE'

/** The outline of a node around the middle of its box: a shape for each, so that a grey print still tells. */
export function outlineOf(look: Look, { x, y, width, height }: Box): string {
  const [left, right, top, bottom] = [x - width / 2, x + width / 2, y - height / 2, y + height / 2]
  const cut = height / 3
  if (look === 'FREE') return pill(left, right, top, bottom)
  if (look === 'BLOCKED')
    return closed([
      [left + cut, top],
      [right - cut, top],
      [right, top + cut],
      [right, bottom - cut],
      [right - cut, bottom],
      [left + cut, bottom],
      [left, bottom - cut],
      [left, top + cut],
    ])
  if (look === 'NEEDS_REPOINT')
    return closed([
      [left + cut, top],
      [right - cut, top],
      [right, y],
      [right - cut, bottom],
      [left + cut, bottom],
      [left, y],
    ])
  if (look === 'OUTSIDE')
    return closed([
      [left, top],
      [right - cut, top],
      [right, top + cut],
      [right, bottom],
      [left, bottom],
    ])
  const box = closed([
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ])
  return look === 'KEEP' ? `${box}${bars(left + 4, right - 4, top, bottom)}` : box
}

type Point = readonly [x: number, y: number]

function closed(points: readonly Point[]): string {
  return `M${points.map(point => point.map(digits).join(',')).join('L')}Z`
}

function pill(left: number, right: number, top: number, bottom: number): string {
  const radius = (bottom - top) / 2
  const [from, to] = [left + radius, right - radius].map(digits)
  const arc = `A${digits(radius)},${digits(radius)} 0 0 1`
  return `M${from},${digits(top)}H${to}${arc} ${to},${digits(bottom)}H${from}${arc} ${from},${digits(top)}Z`
}

function bars(left: number, right: number, top: number, bottom: number): string {
  const bar = (at: number) => `M${digits(at)},${digits(top)}V${digits(bottom)}`
  return bar(left) + bar(right)
}

/** One digit after the point is finer than any screen. */
export function digits(value: number): number {
  return Math.round(value * 10) / 10
}
