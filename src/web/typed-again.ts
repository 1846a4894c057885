import type { Request } from 'express'
import { bodyOf, type Visit } from './visit.ts'

/** What was typed into a form whose page cannot be made any more, to be read and to be sent once more. */
export type TypedAgain = {
  action: string
  /** All of it, as it was sent. */
  sent: { name: string; value: string }[]
  /** What people typed of it. */
  shown: { label: string; value: string }[]
}

/** What a form carries of itself. */
const CARRIED = /^(version|answers|found\.|seen-|keep-)/

/** Null for a request that brought nothing. */
export function typedAgain({ t }: Visit, request: Request): TypedAgain | null {
  if (request.method !== 'POST') return null
  const sent = Object.entries(bodyOf(request)).flatMap(([name, values]) =>
    [values].flat().map(value => ({ name, value: String(value) })),
  )
  const typed = sent.filter(({ name, value }) => value.trim() !== '' && !CARRIED.test(name))
  if (typed.length === 0) return null
  const shown = typed.map(({ name, value }) => ({ label: labelOf(t, name), value }))
  return { action: request.originalUrl, sent, shown }
}

/** Fields of a round are `count-ID`, `note-ID` and `reason-ID`. */
function labelOf(t: Visit['t'], name: string): string {
  const [, field = name, id = ''] = /^(count|note|reason)-(\d+)$/.exec(name) ?? []
  const key = `field.${field}`
  const label = t(key)
  return `${label === key ? field : label}${id && ` ${id}`}`
}
