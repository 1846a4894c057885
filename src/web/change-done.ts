import { effectOfChange, switchedBy } from '../http/change-effect.ts'
import { changeNow } from '../http/change-now.ts'
import { inOneLine, sayName } from '../http/words.ts'
import type { AuditEntry } from '../store/audit-log.ts'
import { listTakenBack } from '../store/confirmations.ts'
import { findThing } from '../store/places.ts'
import { findNamedChange, type Shown } from './changes-named.ts'
import { sayCostNow } from './cost-now.ts'
import { type Done, isRound, onlyHeading, sayNothingDone, sayRound } from './counts/done.ts'
import { sayEffect, sayFreed } from './counts/effects.ts'
import { forecastEffectsOf } from './forecast/forecast-effects.ts'
import { datedMoves, movesIn, sayMovedDates } from './moved-dates.ts'
import { sayMovedLapses } from './moved-lapses.ts'
import { sayBlockersTurned } from './systems/blockers-turned.ts'
import { sayReviewDay } from './systems/review-day.ts'
import { sayMovedSavings } from './systems/savings-moved.ts'
import { sayTargetDay } from './systems/target-day.ts'
import type { Visit } from './visit.ts'

/** How it is called what was done, by how the history calls it. */
const WORDS = {
  off: /^shut-down-service$/,
  on: /^bring-back-service$/,
  moved: /^change-status$/,
  recorded: /^create-(dependency|external-consumer)$|^record-maturity-profile$|^make-use-of-complaint$/,
  added: /^create-/,
  closed: /^close-/,
  reopened: /^reopen-/,
  confirmed: /^confirm-no-consumers$/,
  waived: /^waive-/,
  waiverEnded: /^end-waiver-/,
  withdrawn: /^withdraw-/,
  saved: /^(edit-|extend-hold$)/,
} as const
type Word = keyof typeof WORDS

/** What was just done, for the page of what is shown: it tells of the change that the address names. */
export async function doneOn(visit: Visit, shown: Shown): Promise<Done | null> {
  const named = await findNamedChange(visit, shown)
  if (!named) return sayNothingDone(visit)
  const { own, entries } = named
  if (isRound(own)) return sayRound(visit, entries)
  const word = (Object.keys(WORDS) as Word[]).find(one => WORDS[one].test(own.action))
  if (!word) return null
  const heading = inOneLine(visit.language, [
    visit.t(`done.${word}`),
    ...sayReviewDay(visit, own),
    ...(await sayTargetDay(visit, own)),
    ...(await sayCostNow(visit, own)),
  ])
  return isJudged(own) ? { heading, ...(await sayChange(visit, own, entries, shown)) } : onlyHeading(heading)
}

/** What is saved may be a note or a name, and what is added a cost, of which no verdict is made. */
function isJudged({ action, noun, after }: AuditEntry): boolean {
  if (action.startsWith('edit-')) return JUDGED_FIELDS.test(after ?? '')
  return JUDGED_NOUNS.some(one => one === noun) && !/^create-(system|service)$|^extend-hold$/.test(action)
}

const JUDGED_FIELDS =
  /"(role|systems|strength|needs|declaredOn|lastSeenOn|quietDays|untilOn|closesOn|unit|baseline|declaredRate|declaredRateOn|declaredZeroOn)":/
const JUDGED_NOUNS = [
  'system',
  'service',
  'gate',
  'residual',
  'reading',
  'dependency',
  'external_consumer',
] as const

async function sayChange(
  visit: Visit,
  own: AuditEntry,
  entries: readonly AuditEntry[],
  shown: Shown,
): Promise<Omit<Done, 'heading'>> {
  const { t } = visit
  const { standing, isRecomputed } = await changeNow(visit, entries)
  const switched = await switchedBy(visit, entries)
  const no = switched.length > 0 ? 'noOtherEffect' : 'noEffect'
  const isOver = standing.length === 0
  return {
    changes: switched.length > 0 ? switched : [await sayChanged(visit, own)],
    effects: isOver ? [] : await effectsOf(visit, standing, shown),
    noEffect: t(isOver ? 'done.change.over' : isRecomputed ? `done.change.${no}Now` : `done.${no}`),
    notes: [
      ...(isRecomputed && !isOver ? [t('done.change.recomputed')] : []),
      ...(await sayMovedSavings(visit, standing)),
      ...(own.noun === 'gate' ? [] : await sayTakenBack(visit, own, entries)),
    ],
  }
}

/** Of its blockers only those came or went that were changed themselves, or that a status is. */
async function effectsOf(
  visit: Visit,
  entries: readonly AuditEntry[],
  { noun, id }: Shown,
): Promise<string[]> {
  const change = await effectOfChange(visit, entries)
  const own = noun === 'service' ? (await findThing(visit.context.db, noun, id))?.key : undefined
  const moves = await movesIn(visit, change)
  const effect = { ...change.effect, blockersGone: [], blockersNew: [] }
  return [
    ...sayEffect(visit, effect, new Map(), datedMoves(change, moves)),
    ...(await sayFreed(visit, change)),
    ...(await sayBlockersTurned(visit, change, entries)),
    ...(await forecastEffectsOf(visit, entries)),
    ...sayMovedDates(visit, change, moves, own),
    ...(await sayMovedLapses(visit, change)),
  ]
}

async function sayTakenBack(visit: Visit, own: AuditEntry, entries: readonly AuditEntry[]) {
  const { t } = visit
  const labels = await Promise.all(entries.filter(hasReopened).map(entry => labelOfGate(visit, entry)))
  return [
    ...labels.map(label => t('done.takenBack', { label })),
    ...(own.action.startsWith('withdraw-') ? await stillTakenBack(visit, own) : []),
  ]
}

/** A use that comes on record takes the confirmation back that there is none. */
function hasReopened({ noun, before, after }: AuditEntry): boolean {
  if (noun !== 'gate' || !before || !after) return false
  const [was, is] = [JSON.parse(before), JSON.parse(after)]
  return (was.state === 'closed' && is.state === 'open') || Boolean(was.waivedOn && is.waivedOn === null)
}

async function labelOfGate(visit: Visit, entry: AuditEntry): Promise<string> {
  const gate = await findThing(visit.context.db, 'gate', entry.nounId)
  return gate ? `${await serviceOfGate(visit, entry)} / ${sayName(visit.language, gate)}` : entry.label
}

async function serviceOfGate({ context: { db } }: Visit, { serviceId, label }: AuditEntry): Promise<string> {
  return (serviceId && (await findThing(db, 'service', serviceId))?.name) || label
}

/** A confirmation that a use took back does not come back with the withdrawal of the use. */
async function stillTakenBack({ context: { db }, today, t }: Visit, { noun, nounId }: AuditEntry) {
  if (noun !== 'dependency' && noun !== 'external_consumer') return []
  const use = await findThing(db, noun, nounId)
  const provider = use && (await findThing(db, 'service', use.providerId))
  const found = (await listTakenBack(db, today)).filter(({ service }) => service === provider?.key)
  return found.map(({ service }) => t('done.stillTakenBack', { service }))
}

/** Gates, residuals and systems have an English name; everything else is called as the history calls it. */
async function sayChanged(visit: Visit, entry: AuditEntry): Promise<string> {
  const { t, context, language } = visit
  const { noun, nounId, action } = entry
  // The heading says what was confirmed, so what is left to say is of which service.
  if (WORDS.confirmed.test(action)) return serviceOfGate(visit, entry)
  const named =
    noun === 'gate' || noun === 'residual' || noun === 'system'
      ? await findThing(context.db, noun, nounId)
      : undefined
  const label = named ? sayName(language, named) : entry.label
  const codes = noun === 'system' || noun === 'service' ? CODES[noun] : []
  const [was, is] = [entry.before, entry.after].map(text => JSON.parse(text ?? '{}'))
  const turned = codes.find(([field]) => field in is)
  if (!turned) return label
  const [field, labels] = turned
  const say = (code: string | null) => (code === null ? t('service.noRole') : t(`${labels}.${code}`))
  return t('done.counts', { label, from: say(was[field]), to: say(is[field]) })
}

/** The fields of which it is said what they were and are, and how their codes are called. */
const CODES = {
  system: [
    ['status', 'status'],
    ['role', 'systemRole'],
  ],
  service: [['role', 'serviceRole']],
} as const
