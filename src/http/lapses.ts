import type { Context } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import type { Held, Lapse } from '../domain/lapses.ts'
import type { Blocker } from '../domain/shutdown/blockers.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { type Lapsing, lapsingOf, undatedLapsingOf } from '../domain/shutdown/lapses.ts'
import { type BlockerDetails, loadBlockerDetails } from '../store/blocker-details.ts'
import { type Asking, judgedFor } from './judged.ts'
import type { Language, Translate } from './languages.ts'
import { remembered } from './remembered.ts'
import { sayName, sayNumber } from './words.ts'

const [dated, undated] = [remembered<Judgement, Lapsing>(), remembered<Judgement, Lapsing>()]

/** Which dates of the estate as it is rest on what ends before them. */
export async function lapsingFor(asking: Asking): Promise<Lapsing> {
  const { judgement, lapses } = await judgedFor(asking)
  return dated(judgement, () => lapsingOf(judgement, lapses()))
}

/** What ends while a service waits of which nobody knows the date. */
export async function undatedLapsingFor(asking: Asking): Promise<Lapsing> {
  const { judgement, lapses } = await judgedFor(asking)
  return undated(judgement, () => undatedLapsingOf(judgement, lapses()))
}

/** Of each service what ends before one of its dates, or, without a date, while it waits. */
export async function lapsesFor(asking: Asking): Promise<(service: string) => readonly Lapse[]> {
  const [withDate, withoutDate] = [await lapsingFor(asking), await undatedLapsingFor(asking)]
  return service => withDate.get(service) ?? withoutDate.get(service) ?? []
}

/** What ends while a system is still held: its own gates, which then hold it too. */
export async function lapsesOfSystem(
  asking: Asking,
  key: string,
  holds: readonly Blocker[],
): Promise<Lapse[]> {
  const { lapses } = await judgedFor(asking)
  const isHeld = (until: Day) => holds.some(({ date }) => date >= until)
  return lapses().filter(
    ({ held, until }) => held.kind === 'system-gate' && held.system === key && isHeld(until),
  )
}

/** The same for what would become of it. */
export async function lapsingAfter(asking: Asking, after: Judgement): Promise<Lapsing> {
  return lapsingOf(after, (await judgedFor(asking)).lapses())
}

/** "⚠ rests on a waiver that ends on 2027-01-01, before this date"; null where nothing ends before. */
export function sayLapse(t: Translate, lapses: readonly Lapse[] | undefined): string | null {
  const [first] = lapses ?? []
  return first ? t(`lapse.short.${first.by}`, { day: first.until }) : null
}

const SHOWN = 5

/** A sentence for each of the first, and how many more there are. */
export async function sayLapses(hearing: Hearing, lapses: readonly Lapse[]): Promise<string[]> {
  const { t, language } = hearing
  const left = lapses.length - SHOWN
  return [
    ...(await sayEachLapse(hearing, lapses.slice(0, SHOWN))),
    ...(left > 0 ? [t('lapse.more', { count: left, number: sayNumber(language, left) })] : []),
  ]
}

type Hearing = { context: Context; t: Translate; language: Language }

/** What ends when, and what holds again then: a sentence for each. */
export function sayEachLapse(hearing: Hearing, lapses: readonly Lapse[]): Promise<string[]> {
  return sayEach(hearing, 'lapse', lapses)
}

/** What ended when, and holds again since: a sentence for each. */
export function sayEachHeldAgain(hearing: Hearing, lapses: readonly Lapse[]): Promise<string[]> {
  return sayEach(hearing, 'lapse.ended', lapses)
}

async function sayEach(
  { context, t, language }: Hearing,
  words: 'lapse' | 'lapse.ended',
  lapses: readonly Lapse[],
): Promise<string[]> {
  if (lapses.length === 0) return []
  const owners = lapses.flatMap(({ held }) => ('reason' in held ? [held.reason] : []))
  const details = await loadBlockerDetails(context.db, owners)
  return lapses.map(lapse => sentenceOf(lapse))

  function sentenceOf({ held, by, until: day }: Lapse): string {
    if (held.kind === 'use') return t(`${words}.${held.isCaller ? 'use' : 'fed'}`, { ...held, day })
    if (held.kind === 'external')
      return t(`${words}.use`, { consumer: held.name, provider: held.provider, day })
    return t(`${words}.gate.${by}`, { ...gateIn(details, held), day })
  }

  function gateIn({ systems, gates, serviceGates }: BlockerDetails, held: GateHeld) {
    const isSystem = held.kind === 'system-gate'
    const key = isSystem ? held.system : held.service
    const gate = (isSystem ? gates : serviceGates).get(`${key}/${gateKeyOf(held)}`)
    const system = isSystem ? systems.get(key) : undefined
    return {
      place: system ? sayName(language, system) : key,
      gate: gate ? (language === 'en' && gate.nameEn) || gate.name : gateKeyOf(held),
    }
  }
}

type GateHeld = Extract<Held, { kind: 'system-gate' | 'service-gate' }>

function gateKeyOf({ reason: { owner } }: GateHeld): string {
  return 'gate' in owner ? owner.gate : ''
}

/** The first day on which something that a date rests on ends, for many dates together; null where none does. */
export function firstLapse(lapsing: Lapsing, services: readonly string[]): Day | null {
  const days = services.flatMap(service => lapsing.get(service)?.[0]?.until ?? [])
  return days.sort()[0] ?? null
}
