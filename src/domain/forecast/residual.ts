import { type Day, dayNumber, daysBetween } from '../calendar.ts'
import { isZero } from '../readings.ts'
import type { Status } from '../vocabulary.ts'
import { ABOUT_SHARE, OWN_PACE, RISE, SECOND_LAW, SECOND_ZERO_DAYS } from './constants.ts'
import { type CountReading, countedAs, type History, historyOf, readingsKnownOn } from './history.ts'
import { DONE_LAW, etaAndSpread, type Law } from './law.ts'
import { type Leak, openLeak } from './leaks.ts'
import { ownPace } from './own-pace.ts'
import { type MaturityProfile, type ProfileNote, profileOn, scheduleOf } from './schedule.ts'
import { speedAt, speedWithDeclaredRate } from './speed.ts'
import { type Course, courseOf, risesIn, staleSince, zeroSince } from './state.ts'

/** Everything about one residual that the forecast looks at. */
export type ResidualInput = {
  readings: readonly CountReading[]
  /** Of its system: before *draining* there is no drain date. */
  status: Status
  /** "About n a month", 0 for "no change", or null. */
  declaredPerMonth: number | null
  /** Contract end days as they were given, ascending by the day of the profile, or empty. */
  profiles: readonly MaturityProfile[]
  /** Factor on the spread from this installation's own record; 1 is the method as fitted. */
  widening: number
}

export type ResidualForecast = Unknown | Done | Running

/** No forecast, and why. `last` is what is known all the same. */
type Unknown = { kind: 'unknown'; asOf: Day; reason: UnknownReason; last: CountReading | null }

export type UnknownReason =
  | { code: 'never_counted' }
  /** "At least 0" says nothing. */
  | { code: 'nothing_but_a_bound' }
  /** The blocker is the cutover, the migration or a decision. A hold lets nothing in: what comes in all the same is a leak. */
  | { code: 'not_draining'; status: Status; leak: Leak | null }
  /** Orders still come in: suspended until what came in is gone again, or counts four weeks after the last rise are below it; recounts aside. */
  | ({ code: 'leak' } & Leak)

/** At zero. A second zero two weeks later or more confirms it. */
export type Done = {
  kind: 'done'
  asOf: Day
  since: Day
  confirmation: 'confirmed' | 'ask_again'
  last: CountReading
  law: Law
}

export type Running = {
  kind: 'running'
  asOf: Day
  course: Course
  staleSince: Day | null
  last: CountReading
  /** Share closed per day, shrunk to the usual. */
  speed: number
  law: Law
  profile: ProfileNote | null
}

/**
 * When one residual will be gone, as known on `asOf` (later readings are ignored): a law of the days to any lower level, or the
 * reason why there is none. Refuses nothing: every input has an answer.
 */
export function forecastResidual(input: ResidualInput, asOf: Day): ResidualForecast {
  const known = readingsKnownOn(input.readings, asOf)
  const history = historyOf(known)
  const last = history?.last ?? null
  const unknown = (reason: UnknownReason): Unknown => ({ kind: 'unknown', asOf, reason, last })
  const { status } = input
  if (status !== 'draining')
    return unknown({ code: 'not_draining', status, leak: status === 'on_hold' ? openLeak(known) : null })
  if (!history) return unknown({ code: 'never_counted' })
  if (isZero(history.last)) return doneSince(known, asOf)
  const leak = openLeak(known)
  if (leak) return unknown({ code: 'leak', ...leak })
  if (history.last.count === 0 && history.last.qualifier === 'at_least')
    return unknown({ code: 'nothing_but_a_bound' })
  return running(history, input, asOf)
}

/** The leak that suspends a forecast, or is there while a hold does. */
export function leakOf(forecast: ResidualForecast): Leak | null {
  if (forecast.kind !== 'unknown') return null
  const { reason } = forecast
  if (reason.code === 'leak') return reason
  return reason.code === 'not_draining' ? reason.leak : null
}

function running(history: History, input: ResidualInput, asOf: Day): Running {
  const today = dayNumber(asOf)
  const speed = speedWithDeclaredRate(history, today, input.declaredPerMonth)
  const { eta } = etaAndSpread(SECOND_LAW, speed)
  const { spread } = etaAndSpread(SECOND_LAW, fasterOf(speed, history, input, today))
  const count = countedAs(history.last)
  const profile = profileOn(input.profiles, asOf)
  const scheduled = profile && scheduleOf(profile, { ...history.last, count }, asOf)
  const widening = Math.max(1, input.widening)
  return {
    kind: 'running',
    asOf,
    course: courseOf(history, input.declaredPerMonth, today),
    staleSince: staleSince(history, asOf),
    last: history.last,
    speed,
    law: {
      count,
      eta,
      g: SECOND_LAW.g,
      shift: OWN_PACE.believed * ownPace(history, today) + noFall(history, count),
      spread: spread * widening,
      rise: riseChance(history),
      riseBy: RISE.by + (history.last.qualifier === 'about' ? ABOUT_SHARE : 0),
      open: history.last.qualifier === 'at_least' ? 'above' : null,
      schedule: scheduled?.schedule
        ? { ...scheduled.schedule, spread: scheduled.schedule.spread * widening }
        : null,
    },
    profile: scheduled?.note ?? null,
  }
}

/** A declared rate slower than what was counted makes it later, not surer: it is never likelier with a standstill than without. */
function fasterOf(
  speed: number,
  history: History,
  { declaredPerMonth }: ResidualInput,
  today: number,
): number {
  if (declaredPerMonth === null) return speed
  return Math.max(speed, speedAt(history, history.days.length - 1, today))
}

/** A lower bound below the count before it is no fall: from there it takes as long as from that count. */
function noFall({ counts }: History, count: number): number {
  return SECOND_LAW.g * Math.max(0, Math.log(Math.log1p(counts.at(-1)!) / Math.log1p(count)))
}

function riseChance(history: History): number {
  const gaps = history.days.length - 1 - history.start
  return Math.min(RISE.atMost, (RISE.seen + risesIn(history)) / (RISE.of + gaps))
}

function doneSince(known: readonly CountReading[], asOf: Day): Done {
  const since = zeroSince(known)
  const last = known.at(-1)!
  const confirmed = daysBetween(since, last.day) >= SECOND_ZERO_DAYS
  return {
    kind: 'done',
    asOf,
    since,
    confirmation: confirmed ? 'confirmed' : 'ask_again',
    last,
    law: DONE_LAW,
  }
}
