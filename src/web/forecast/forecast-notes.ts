import { STRAIGHT_LINE_MET } from '../../domain/forecast/constants.ts'
import type { CountReading } from '../../domain/forecast/history.ts'
import type { NeededPace, ObservedPace } from '../../domain/forecast/pace.ts'
import type { Running } from '../../domain/forecast/residual.ts'
import type { Count } from '../../domain/vocabulary.ts'
import type { Language, Translate } from '../../http/languages.ts'
import { inOneLine, sayCount, sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

/** What stands below the state of a residual: what else went into its forecast. */

/** The last time that the count was corrected, which is neither progress nor a rise; null without one. */
export function sayRecount({ t, language }: Visit, readings: readonly CountReading[]): string | null {
  const index = readings.findLastIndex(({ reason }) => reason === 'recount')
  const [before, recount] = [readings[index - 1], readings[index]]
  if (!before || !recount) return null
  const [from, to] = [before, recount].map(count => sayCount(t, language, count))
  return t('forecast.recount', { day: recount.day, from, to })
}

/** Somebody who sees several readings is told why one alone counts; null where all do. */
export function sayBoundsAside({ t }: Visit, { course }: Running, readings: readonly CountReading[]) {
  const isAside = course.state === 'one_reading' && readings.some(({ qualifier }) => qualifier === 'at_least')
  return isAside ? t('forecast.boundsAside') : null
}

/** How far the end days of contracts decide; null without a profile. */
export function sayProfile({ t, language }: Visit, { profile, law, last }: Running): string | null {
  if (!profile) return null
  const said = t(`maturity.used.${usedAs(profile)}`, {
    profile: sayNumber(language, profile.profile),
    number: sayCount(t, language, { ...last, count: profile.count }),
    percent: Math.round(100 * (law.schedule?.weight ?? 0)),
  })
  if (!law.schedule || profile.open === 0) return said
  const open = t(`maturity.used.${openAs(profile)}`, {
    count: profile.open,
    number: sayNumber(language, profile.open),
    given: sayNumber(language, profile.withoutEnd),
  })
  return inOneLine(language, [said, open])
}

type Profile = NonNullable<Running['profile']>

/** A profile is set aside when none of its end days lies ahead, however well it adds up. */
function usedAs({ kind, profile, withoutEnd }: Profile): Profile['kind'] | 'none_ahead' {
  return kind === 'set_aside' && profile === withoutEnd ? 'none_ahead' : kind
}

/** Where the count is not the profile, not as many have no end day ahead as were given without one. */
function openAs({ open, withoutEnd }: Profile): 'open' | 'openFitted' | 'openOutrun' | 'openBeyond' {
  if (open === withoutEnd) return 'open'
  if (open < withoutEnd) return 'openFitted'
  return withoutEnd === 0 ? 'openBeyond' : 'openOutrun'
}

/** "needs 40 a month; 12 a month from 2026-01-01 to 2026-03-31": what the target asks for beside what happens. In the last month before it, what is left. */
export function sayPace(
  { t, language }: Visit,
  needed: NeededPace | null,
  observed: ObservedPace | null,
  left: (Count & { days: number }) | null,
): string | null {
  const isSoon = left !== null && left.days < 30
  const asked = isSoon
    ? t('forecast.pace.left', { count: left.days, days: left.days, number: sayCount(t, language, left) })
    : needed && left && sayNeeded(t, language, needed, left)
  const said = [asked, observed && sayObserved(t, language, observed)].filter(part => part !== null)
  return said.length > 0 ? said.join(t('open.separator')) : null
}

/** From so many years on the pace that was seen and the chances are too far apart to stand beside each other unexplained. */
const LONG_YEARS = 5

/** Why the chances are not what the pace seems to say: far too slow for them, or fast enough and still unlikely. */
export function sayPaceBeside(
  { t, language }: Visit,
  observed: ObservedPace | null,
  needed: NeededPace | null,
  { count, byTarget, isScheduled }: { count: number; byTarget: number | null; isScheduled: boolean },
): string | null {
  const perMonth = observed?.perMonth ?? 0
  if (perMonth <= 0) return null
  const years = Math.floor(count / perMonth / 12)
  const values = { years: sayNumber(language, years), count: years }
  if (years >= LONG_YEARS) return t(`forecast.pace.tooSlow${isScheduled ? 'Scheduled' : ''}`, values)
  const isEnough = needed?.kind === 'pace' && perMonth >= needed.perMonth
  return isEnough && byTarget !== null && byTarget < 0.5
    ? t('forecast.pace.slowsDown', { percent: Math.round(100 * STRAIGHT_LINE_MET) })
    : null
}

/** Nothing where nothing moved: the state of the residual says so. */
function sayObserved(
  t: Translate,
  language: Language,
  { from, to, closed, perMonth }: ObservedPace,
): string | null {
  const number = sayRate(language, Math.abs(perMonth ?? closed))
  if (number === '0') return null
  const way = closed < 0 ? 'rose' : 'closed'
  return t(`forecast.pace.${perMonth === null ? `${way}InAll` : way}`, { number, from, to })
}

/** As exact as the count that it follows from, and never rounded down: with less one would be left. */
function sayNeeded(
  t: Translate,
  language: Language,
  needed: NeededPace,
  { qualifier }: Count,
): string | null {
  if (needed.kind !== 'pace') return null
  // What is whole but for the last bits of a division stays so.
  const enough = (number: number) => Math.ceil(number - 1e-9)
  const number = sayRate(language, needed.perMonth, enough)
  return t('forecast.pace.needed', { number: t(`count.${qualifier}`, { number }) })
}

/** Whole numbers, below ten with one decimal. */
function sayRate(language: Language, perMonth: number, whole = Math.round): string {
  return sayNumber(language, perMonth < 10 ? whole(10 * perMonth) / 10 : whole(perMonth))
}
