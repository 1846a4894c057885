const SURROGATE = /[\ud800-\udfff]/

/**
 * Sorts the list in place by code point and returns it. Plain `<` compares UTF-16 units, which puts an emoji
 * before a full-width letter; the common case has no surrogates and takes the engine's own fast order.
 */
export function sortByCodePoint(texts: string[]): string[] {
  return texts.some(text => SURROGATE.test(text)) ? texts.sort(compareCodePoints) : texts.sort()
}

/** Negative, zero or positive, as a sort wants it. */
function compareCodePoints(a: string, b: string): number {
  const shared = Math.min(a.length, b.length)
  let at = 0
  while (at < shared && a.charCodeAt(at) === b.charCodeAt(at)) at++
  if (at === shared) return a.length - b.length
  return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at))
}

/** A surrogate belongs to a code point above every single unit. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
