/**
 * A list that is another one but in a few places, and remembers which: a change moves one system of thousands, and
 * nobody has to look for it.
 */
export function patched<T>(list: readonly T[], changes: ReadonlyMap<number, T>): T[] {
  const after = [...list]
  for (const [at, one] of changes) after[at] = one
  madeOf.set(after, { from: new WeakRef(list), places: [...changes.keys()] })
  return after
}

/** Held weakly, or every list would keep all those alive that it came of. */
type Made = { from: WeakRef<readonly unknown[]>; places: readonly number[] }

const madeOf = new WeakMap<readonly unknown[], Made>()

/** Where two lists have not the very same thing, as far as anything moved at all; null when one is longer. */
export function placesMoved(before: readonly unknown[], after: readonly unknown[]): readonly number[] | null {
  if (before.length !== after.length) return null
  if (before === after) return []
  const made = madeOf.get(after)
  const places = made?.from.deref() === before ? made.places : after.keys()
  return Array.from(places).filter(at => before[at] !== after[at])
}
