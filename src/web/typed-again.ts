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
const CARRIED = /^(version|answers|lang$|found\.|was[.-]|(seen|keep|name)-)/

/** Null for a request that brought nothing. */
export function typedAgain({ t }: Visit, request: Request): TypedAgain | null {
  if (request.method !== 'POST') return null
  const body = bodyOf(request)
  const sent = Object.entries(body).flatMap(([name, values]) =>
    [values].flat().map(value => ({ name, value: String(value) })),
  )
  const typed = sent.filter(({ name, value }) => value.trim() !== '' && !CARRIED.test(name))
  if (typed.length === 0) return null
  const shown = typed.map(({ name, value }) => ({ label: labelOf(name), value: sayValue(name, value) }))
  return { action: request.originalUrl, sent, shown }

  /** Fields of a round are `count-ID`, `note-ID` and `reason-ID`, beside the name of the residual. */
  function labelOf(name: string): string {
    const [, field = name, id] = /^(count|note|reason)-(\d+)$/.exec(name) ?? []
    const label = textOf(`field.${field}`) ?? field
    const residual = body[`name-${id}`]
    return residual ? `${residual}${t('form.colon')}${label}` : label
  }

  function sayValue(name: string, value: string): string {
    const labels = CODES.find(([field]) => field.test(`${request.path} ${name}`))?.[1]
    return labels && /^\w+$/.test(value) ? (textOf(`${labels}.${value}`) ?? value) : value
  }

  function textOf(key: string): string | null {
    const text = t(key)
    return text === key ? null : text
  }
}

/** How the codes of a field are called, by its address and its name: the form that knows them cannot be made. */
const CODES: readonly [field: RegExp, labels: string][] = [
  [/ reason-\d+$/, 'reason'],
  [/\/gates\/.* kind$/, 'gateKind'],
  [/\/events\/.* kind$/, 'eventKind'],
  [/ kind$/, 'costKind'],
  [/ state$/, 'gate'],
  [/ (status|to)$/, 'status'],
  [/^\/systems\/.* role$/, 'systemRole'],
  [/ role$/, 'serviceRole'],
  [/ strength$/, 'strength'],
  [/ needs$/, 'needs'],
  [/ unit$/, 'unit'],
  [/ userKind$/, 'trial.user'],
]
