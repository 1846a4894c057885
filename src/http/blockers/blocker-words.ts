import { type Context, today } from '../../context.ts'
import { BLOCKER_KINDS, type Blocker } from '../../domain/shutdown/blockers.ts'
import { outsiderQuietOn } from '../../domain/shutdown/fading-outsiders.ts'
import { isDay, type When } from '../../domain/shutdown/moments.ts'
import { blockerAt, listOutsideHolds, type OutsideHold } from '../../domain/shutdown/outside-holds.ts'
import { loadBlockerDetails } from '../../store/blocker-details.ts'
import { servicePath, systemPath } from '../addresses.ts'
import { type ForecastDays, loadForecastDays } from '../forecast-days.ts'
import { judgedFor } from '../judged.ts'
import type { Language, Translate } from '../languages.ts'
import { sayGate, sayServiceGate } from './blocker-gates.ts'
import { sayResidual } from './blocker-residuals.ts'
import type { NextStep, Said, Telling } from './blocker-telling.ts'
import { sayExternal, sayFadingCalls, sayGhostCalls } from './blocker-uses.ts'

/** What holds something, for people: a sentence, who can end it, by when, and the one thing to do next. */
export type SaidBlocker = {
  id: string
  text: string
  /** What to call it in few words, where the text tells a story. */
  name?: string
  owner: string | null
  /** "expected by 2026-03-31", "overdue since ...", "nobody knows by when"; of a forecast with its chance; empty where the text has it. */
  date: string
  isOverdue: boolean
  next: NextStep
}

/** Who is told: the reader of a page, or of an answer. */
export type Hearing = { context: Context; t: Translate; language: Language }

/** Blockers as sentences in their order: of the estate, or of one system (`blockersOfSystem`). */
export async function sayBlockers(hearing: Hearing, blockers: readonly Blocker[]): Promise<SaidBlocker[]> {
  return sayBlockersAt(
    hearing,
    blockers.map(blocker => ({ blocker, service: null })),
  )
}

/** What is said of a blocker where one service is looked at: of several that somebody outside uses, those that hold it. */
export type BlockerAt = { blocker: Blocker; service: string | null }

/** The same, each as it holds one service. */
export async function sayBlockersAt(
  { context, t, language }: Hearing,
  asked: readonly BlockerAt[],
): Promise<SaidBlocker[]> {
  const { judgement } = await judgedFor({ context, today: today(context) })
  const blockers = asked.map(({ blocker }) => blocker)
  const telling = { t, language, details: await loadBlockerDetails(context.db, blockers), judgement }
  const days = await loadForecastDays(context)
  return asked.map(({ blocker, service }) => {
    const here = service === null ? blocker : blockerAt(judgement, blocker, service)
    const uses = listOutsideHolds(judgement, blocker, service ?? undefined)
    return {
      id: blocker.id,
      date: withQuiet(telling, here, uses, sayBlockerDate(t, here, days)),
      ...say(telling, here, uses),
      isOverdue: here.overdueSince !== null,
    }
  })
}

/** The same in few words, for where they are steps or stand in brackets. */
export async function nameBlockers(hearing: Hearing, blockers: readonly Blocker[]): Promise<SaidBlocker[]> {
  const said = await sayBlockers(hearing, blockers)
  return said.map(one => ({ ...one, text: one.name ?? one.text }))
}

/** Some at a time: a query names each of them. */
const AT_ONCE = 500

export async function sayAllBlockers(
  hearing: Hearing,
  blockers: readonly Blocker[],
  service: string | null = null,
): Promise<SaidBlocker[]> {
  const asked = blockers.map(blocker => ({ blocker, service }))
  const said: SaidBlocker[] = []
  for (let from = 0; from < asked.length; from += AT_ONCE)
    said.push(...(await sayBlockersAt(hearing, asked.slice(from, from + AT_ONCE))))
  return said
}

/** What stays and what is left to run off first; then gates, and last what is merely not known. */
export function byWeight<T extends Pick<Blocker, 'kind'>>(blockers: readonly T[]): T[] {
  return [...blockers].sort((a, b) => BLOCKER_KINDS.indexOf(a.kind) - BLOCKER_KINDS.indexOf(b.kind))
}

function sayBlockerDate(t: Translate, blocker: Blocker, days: ForecastDays): string {
  if (blocker.overdueSince) return t('blocker.date.overdue', { day: blocker.overdueSince })
  if (days.isUnlikely(blocker)) return t('blocker.date.unlikely')
  const forecast = days.ofBlocker(t, blocker)
  return forecast ? t('blocker.date.forecast', forecast) : sayWhen(t, blocker.date)
}

/** Who outside the estate was only seen ends by falling quiet, also where nobody knows another end. */
function withQuiet(
  { t, judgement }: Telling,
  { owner, date, overdueSince }: Blocker,
  uses: readonly OutsideHold[],
  said: string,
): string {
  const providers = uses.map(({ provider }) => provider)
  const day = owner.kind === 'external' ? outsiderQuietOn(judgement, owner.name, providers) : null
  if (day === null) return said
  const fades = t('blocker.date.fades', { day })
  return date === 'unknown' && !overdueSince ? fades : [said, fades].join(t('open.separator'))
}

/** "by 2026-03-31", "nobody knows by when", "never". */
export function sayWhen(t: Translate, when: When): string {
  return isDay(when) ? t('blocker.date.day', { day: when }) : t(`blocker.date.${when}`)
}

function say(telling: Telling, { id, kind, owner }: Blocker, uses: readonly OutsideHold[]): Said {
  const { t } = telling
  if (owner.kind === 'system-gate') return sayGate(telling, owner)
  if (owner.kind === 'service-gate') return sayServiceGate(telling, owner)
  if (owner.kind === 'external') return sayExternal(telling, owner.name, uses)
  if (owner.kind === 'edge')
    return kind === 'traffic' ? sayFadingCalls(telling, owner) : sayGhostCalls(telling, owner)
  if (owner.kind === 'system')
    return kind === 'residual' ? sayResidual(telling, owner.system) : sayUnknownSystem(t, owner.system)
  if (owner.kind === 'service')
    return kind === 'unknown-role'
      ? sayUnknownRole(telling, owner.service)
      : sayUnknownConsumer(t, owner.service)
  const next = { text: t('blocker.next.repoint'), href: '/shutdown#repoint' }
  return { text: t('blocker.permanent', { id }), owner: null, next }
}

function sayUnknownRole({ t, details }: Telling, key: string): Said {
  const next = { text: t('blocker.next.sayRole'), href: `${servicePath(key)}/edit` }
  return {
    text: t('blocker.unknownRole', { service: key }),
    owner: details.services.get(key)?.owner ?? null,
    next,
  }
}

function sayUnknownSystem(t: Translate, key: string): Said {
  const next = { text: t('blocker.next.addSystem'), href: systemPath('new') }
  return { text: t('blocker.unknownSystem', { system: key }), owner: null, next }
}

function sayUnknownConsumer(t: Translate, key: string): Said {
  const next = { text: t('blocker.next.addService'), href: servicePath('new') }
  return { text: t('blocker.unknownConsumer', { service: key }), owner: null, next }
}
