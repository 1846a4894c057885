import type { Seen } from '../../domain/overtaking.ts'

/** What stood there when the page was made, as a form carries it: `12-15`, the newest reading by its day and the last one entered. */
export function seenText({ seen, seenUpTo }: Seen): string {
  return [seen, seenUpTo].filter(id => id !== null).join('-')
}

export function seenIn(text: string): Seen {
  const [, seen, seenUpTo] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text) ?? []
  return { seen: seen ? Number(seen) : null, seenUpTo: seenUpTo ? Number(seenUpTo) : null }
}
