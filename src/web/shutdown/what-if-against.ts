import type { Judgement } from '../../domain/shutdown/judge.ts'
import { type Change, type Hindered, listHindered, listStillCalled } from '../../domain/shutdown/what-if.ts'
import { sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

/** What speaks against switching off what is ticked: who calls it, that it stays, that it is held or still watched. */
export function whatIsAgainst(visit: Visit, before: Judgement, change: Change): string[] {
  const hindered = listHindered(before, change)
  return [
    ...calledRows(visit, before, change),
    ...sayAll(
      visit,
      'stays',
      hindered.filter(({ verdict }) => verdict === 'KEEP'),
    ),
    ...sayAll(
      visit,
      'held',
      hindered.filter(({ verdict, soaking }) => verdict !== 'KEEP' && !soaking),
    ),
    ...hindered.slice(0, NAMED).flatMap(one => saySoaks(visit, one)),
  ]
}

const NAMED = 10

function calledRows(visit: Visit, before: Judgement, change: Change): string[] {
  return listStillCalled(before, change).flatMap(({ service, callers, waived, fed }) => [
    ...sayCalled('calledBy', service, callers),
    ...sayCalled('calledWaived', service, waived),
    ...sayCalled('feeds', service, fed),
  ])

  function sayCalled(code: string, service: string, some: readonly string[]): string[] {
    if (some.length === 0) return []
    return [visit.t(`whatIf.${code}`, { service, callers: named(visit, some, CALLERS), count: some.length })]
  }
}

const CALLERS = 5

function sayAll(visit: Visit, code: string, some: readonly Hindered[]): string[] {
  if (some.length === 0) return []
  const keys = some.map(({ service }) => service)
  return [visit.t(`whatIf.hindered.${code}`, { count: some.length, services: named(visit, keys, NAMED) })]
}

function saySoaks(visit: Visit, { service, soaking }: Hindered): string[] {
  if (!soaking) return []
  const consumers = named(visit, soaking.consumers, CALLERS)
  return [visit.t('whatIf.hindered.soaks', { service, consumers, until: soaking.until })]
}

function named({ t, language }: Visit, keys: readonly string[], most: number): string {
  const left = keys.length - most
  return keys.slice(0, most).join(t('whatIf.callers')) + (left > 0 ? ` +${sayNumber(language, left)}` : '')
}
