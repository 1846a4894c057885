/** How far back a chart can be asked to look. */
export const RANGES = ['year', 'all'] as const
export type Range = (typeof RANGES)[number]

/** The one that an address asks for; undefined where it asks for none or for one that nobody knows. */
export function askedRange({ range }: Record<string, unknown>): Range | undefined {
  return RANGES.find(one => one === range)
}
