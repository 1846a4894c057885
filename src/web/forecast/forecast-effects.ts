import { readingsKnownOn } from '../../domain/forecast/history.ts'
import { type Leak, leftOfLeak } from '../../domain/forecast/leaks.ts'
import { outlooksOfChange } from '../../http/change-outlooks.ts'
import { outlooksAround, TOLD } from '../../http/round-outlooks.ts'
import { sayName } from '../../http/words.ts'
import type { AuditEntry } from '../../store/audit-log.ts'
import { loadForecastSystems, type Outlook } from '../../store/forecasts.ts'
import type { Visit } from '../visit.ts'
import { leaksOf, sayLeakOf, saySize } from './open-leaks.ts'
import { sayOutlookDates, sayOutlookWithin } from './outlook-words.ts'

/** How a round of counts, or a change of residuals or of a status, moved the forecasts, in sentences: with it, and as if it had not been done. */
export async function forecastEffectsOf(visit: Visit, entries: readonly AuditEntry[]): Promise<string[]> {
  const { language } = visit
  const pairs = [...(await outlooksAround(visit, entries, TOLD)), ...(await outlooksOfChange(visit, entries))]
  const said = pairs.map(async ({ before, after }) => {
    const system = sayName(language, after.system)
    const isTurned = before.system.status !== after.system.status
    const moved = isTurned ? sayTurned(visit, system, before, after) : sayMoved(visit, system, before, after)
    return isEmptying(after) ? [...moved, ...(await sayLeaks(visit, before, after))] : isTurned ? moved : []
  })
  return (await Promise.all(said)).flat()
}

function isEmptying({ system: { status } }: Outlook): boolean {
  return status === 'draining' || status === 'on_hold'
}

/** Dates that stay are told once. */
function sayMoved(visit: Visit, system: string, before: Outlook, after: Outlook): string[] {
  const { t } = visit
  const [from, to] = [say(visit, before), say(visit, after)]
  if (from.dates === to.dates && from.chance === to.chance) return []
  if (from.dates === to.dates && from.chance && to.chance)
    return [t('forecast.movedChance', { system, dates: to.dates, from: from.chance, to: to.chance })]
  return [t('forecast.moved', { system, from: sayBoth(visit, from), to: sayBoth(visit, to) })]
}

/** Only what is draining has a forecast: with another status it begins or ends, or there still is none. */
function sayTurned(visit: Visit, system: string, before: Outlook, after: Outlook): string[] {
  const { t } = visit
  const isDraining = after.system.status === 'draining'
  const outlook = isDraining ? after : before
  if (outlook.system.status !== 'draining' || outlook.joint.kind === 'done') return []
  const said = sayBoth(visit, say(visit, outlook))
  if (!isDraining) return outlook.joint.kind === 'running' ? [t('forecast.over', { system, from: said })] : []
  return [
    t(outlook.joint.kind === 'running' ? 'forecast.began' : 'forecast.beganUnknown', { system, to: said }),
  ]
}

/** By name, as a system with a leak, or with several, may go on as it was. */
async function sayLeaks(visit: Visit, before: Outlook, after: Outlook): Promise<string[]> {
  const [known, open] = [before, after].map(outlook => new Map(leaksOf(outlook).map(keyed)))
  const over = [...known!.values()].filter(({ residual }) => !open!.has(residual.id))
  return [
    ...open!
      .values()
      .flatMap(now =>
        sayLeak(visit, labelOf(visit, after, now), known!.get(now.residual.id)?.leak, now.leak),
      ),
    ...(over.length > 0 ? await sayOver(visit, after, over) : []),
  ]
}

/** One that only time has ended is not gone: what is still there of it is told. */
async function sayOver(visit: Visit, outlook: Outlook, over: readonly Leaking[]): Promise<string[]> {
  const { context, t, today } = visit
  const [now] = await loadForecastSystems(context.db, [outlook.system.id], today, 1)
  const inputs = new Map(now?.residuals.map(({ residual, input }) => [residual.id, input]))
  return over.map(leaking => {
    const readings = inputs.get(leaking.residual.id)?.readings ?? []
    const left = leftOfLeak(readingsKnownOn(readings, today), leaking.leak.since)
    const residual = labelOf(visit, outlook, leaking)
    if (left) return t('forecast.leak.ended', { leak: sayLeakOf(visit, residual, left) })
    return t('forecast.leak.over', { residual })
  })
}

/** A round may count residuals of several systems, some of the same name. */
function labelOf({ language }: Visit, { system }: Outlook, { residual }: Leaking): string {
  return `${sayName(language, system)} / ${sayName(language, residual)}`
}

type Leaking = ReturnType<typeof leaksOf>[number]

function keyed(leaking: Leaking): [number, Leaking] {
  return [leaking.residual.id, leaking]
}

function sayLeak(visit: Visit, residual: string, before: Leak | undefined, now: Leak): string[] {
  const { t } = visit
  const leak = sayLeakOf(visit, residual, now)
  if (!before) return [t('forecast.leak.new', { leak })]
  if (sayLeakOf(visit, residual, before) === leak) return []
  return [t(`forecast.leak.${turnOf(before, now)}`, { leak, from: saySize(visit, before) })]
}

/** A size is compared with a size; what is only bounded from below says how much more, or less, is known. */
function turnOf(before: Leak, now: Leak) {
  const more = before.by === null || now.by === null ? 0 : now.by - before.by
  const surer = surenessOf(now) - surenessOf(before)
  if (more > 0 && !isOpen(before)) return 'grown'
  if (more < 0 && !isOpen(before) && !isOpen(now)) return 'shrunk'
  if (surer > 0) return surenessOf(now) === EXACT ? 'exactly' : 'better'
  if (surer < 0) return now.by === null ? 'unknown' : 'only'
  if (more === 0) return 'other'
  return more > 0 ? 'better' : 'only'
}

const EXACT = 3

function surenessOf({ by, isAtLeast, isAbout }: Leak): number {
  if (by === null) return 0
  if (isAtLeast) return 1
  return isAbout ? 2 : EXACT
}

function isOpen(leak: Leak): boolean {
  return surenessOf(leak) < 2
}

type Said = { dates: string; chance: string | null }

function sayBoth({ t }: Visit, { dates, chance }: Said): string {
  return chance ? t('forecast.both', { dates, chance }) : dates
}

function say(visit: Visit, outlook: Outlook): Said {
  return { dates: sayOutlookDates(visit, outlook).text, chance: sayOutlookWithin(visit, outlook) }
}
