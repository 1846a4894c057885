import type { Day } from './calendar.ts'
import type { Count } from './vocabulary.ts'

/** What somebody who counts had before them. Null: not said, so nobody can have overtaken them there. */
export type Seen = {
  /** The id of the newest reading by its day, the one that stood beside the field; 0 where there was none. */
  seen: number | null
  /** The greatest id of a reading that had been entered by then, of whatever day. */
  seenUpTo: number | null
}

/** The reading that their count is a choice against; undefined where what they saw is gone and nothing is left. */
export type Overtaking<R> = { reading: R | undefined; isOfThatDay: boolean }

/**
 * Whether somebody else was faster: with a count of the very day that is counted, or with a newer one. `ofThatDay` and `latest`
 * are in force. Null where nobody was, or where they say the same.
 */
export function overtakingOf<R extends Count & { id: number; day: Day }>(
  { count, qualifier }: Count,
  { seen, seenUpTo }: Seen,
  { ofThatDay, latest }: { ofThatDay: R | undefined; latest: R | undefined },
): Overtaking<R> | null {
  const isSame = (other: R | undefined) => count === other?.count && qualifier === other.qualifier
  const isNew = seenUpTo !== null && ofThatDay !== undefined && ofThatDay.id > seenUpTo
  if (isNew && !isSame(ofThatDay)) return { reading: ofThatDay, isOfThatDay: true }
  const isOther = seen !== null && seen !== (latest?.id ?? 0)
  return isOther && !isSame(latest) ? { reading: latest, isOfThatDay: false } : null
}
