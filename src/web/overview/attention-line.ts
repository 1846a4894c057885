import type { AttentionKind } from '../../domain/attention.ts'

/** One line of the attention list: what is the matter, and the one next step. */
export type AttentionLine = {
  kind: AttentionKind
  text: string
  next: { text: string; href: string }
  isAlarm: boolean
}

/** Where a kind begins on the page of all lines. */
export function placeOfKind(kind: AttentionKind): string {
  return `/attention#${kind}`
}
