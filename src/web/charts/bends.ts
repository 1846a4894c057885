/** A line over some of the places in order, each next to the last: `at` is the number of its first place. */
export type Line = { at: number; heights: readonly number[] }

/** Pixels by which a line may pass a place that is left out: less than anybody sees. */
export const UNSEEN = 0.5

/**
 * The numbers of the places at which lines have to be drawn so that no line passes any of its heights by more than half
 * a pixel: the same places for all of them, since they are stacked. Both ends of every line are among them, and `fixed`.
 * Halves at the place that is farthest off as Douglas and Peucker do (1973), but measures upright, as heights are read,
 * and over all lines at once. In: where the places are, left to right, in pixels like the heights. Of its own answer it
 * leaves out nothing more.
 */
export function bendsOf(
  places: readonly number[],
  lines: readonly Line[],
  fixed: Iterable<number>,
): Set<number> {
  const ends = lines.flatMap(({ at, heights }) => [at, at + heights.length - 1])
  const kept = new Set([...ends, ...fixed])
  const stops = [...kept].sort((one, other) => one - other)
  const open = stops.slice(1).map((to, index) => ({ from: stops[index]!, to }))
  for (let span = open.pop(); span; span = open.pop()) {
    const farthest = farthestIn(span, places, lines)
    if (farthest === null) continue
    kept.add(farthest)
    open.push({ from: span.from, to: farthest }, { from: farthest, to: span.to })
  }
  return kept
}

type Span = { from: number; to: number }

/** The place between both ends of a span at which some line is farthest from the straight one; null where none is seen. */
function farthestIn({ from, to }: Span, places: readonly number[], lines: readonly Line[]): number | null {
  let [farthest, most]: [number | null, number] = [null, UNSEEN]
  if (to - from < 2) return farthest
  for (const { at, heights } of lines) {
    if (at > from || at + heights.length - 1 < to) continue
    const [first, last] = [heights[from - at]!, heights[to - at]!]
    const slope = (last - first) / (places[to]! - places[from]!)
    for (let index = from + 1; index < to; index++) {
      const off = Math.abs(heights[index - at]! - first - slope * (places[index]! - places[from]!))
      if (off <= most) continue
      farthest = index
      most = off
    }
  }
  return farthest
}
