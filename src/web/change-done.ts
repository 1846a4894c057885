import type { UseNoun } from '../actions/uses.ts'
import { readId } from '../domain/id.ts'
import { effectOfChange } from '../http/change-effect.ts'
import { sayName } from '../http/words.ts'
import { type AuditEntry, type HistoryFilter, listChangesOf, listHistory } from '../store/audit-log.ts'
import { listTakenBack } from '../store/confirmations.ts'
import { findThing } from '../store/places.ts'
import type { Done } from './counts/done.ts'
import { sayEffect } from './counts/effects.ts'
import type { Visit } from './visit.ts'

/** What the address says was done, by how the history calls it. */
const ACTIONS = {
  off: /^shut-down-service$/,
  on: /^bring-back-service$/,
  moved: /^change-status$/,
  added: /^create-(gate|residual)$/,
  closed: /^close-(gate|residual)$/,
  reopened: /^reopen-(gate|residual)$/,
  confirmed: /^confirm-no-consumers$/,
  waived: /^waive-/,
  withdrawn: /^withdraw-(gate|dependency|external-consumer|reading)$/,
  recorded: /^create-(dependency|external-consumer)$/,
  saved: /^edit-(system|service|use)$/,
} as const
type Word = keyof typeof ACTIONS
const WORDS = Object.keys(ACTIONS) as Word[]

const NOUNS = ['system', 'service', 'dependency', 'external_consumer'] as const
type Made = { noun: UseNoun | 'system' | 'service'; id: number; version: number }

/**
 * What a form puts into the address when it has recorded or saved something: which version of what that made. A form
 * that was saved as it was found made none, and a use stands in the history of one of its two services only.
 */
export function doneBy(done: Word, noun: Made['noun'], id: number, version: unknown = 0) {
  return { done, made: `${noun}-${id}-${Number(version) + 1}` }
}

function readMade({ request }: Visit): Made | null {
  const [, word, id, version] = /^([a-z_]+)-(\d+)-(\d+)$/.exec(String(request.query.made)) ?? []
  const noun = NOUNS.find(one => one === word)
  const [read, made] = [readId(id ?? ''), readId(version ?? '')]
  return noun && read !== null && made !== null ? { noun, id: read, version: made } : null
}

/** What the change that the address names changed; null where it is not the newest of its owner any more. */
export async function sayChange(
  visit: Visit,
  owner: { systemId: number } | { serviceId: number } | { noun: 'residual'; nounId: number },
): Promise<Done | null> {
  const { t, request, context } = visit
  const word = WORDS.find(one => one === request.query.done)
  const newest = word && (await findNewest(visit, word, owner))
  if (!word || !newest) return null
  const entries = await listChangesOf(context.db, newest.revision)
  const { effect, switched } = await effectOfChange(visit, entries)
  return {
    heading: t(`done.${word}`),
    changes: switched.length > 0 ? switched : [await sayChanged(visit, newest)],
    // Of its blockers only those came or went that were changed themselves.
    effects: sayEffect(visit, { ...effect, blockersGone: [], blockersNew: [] }, new Map()),
    noEffect: t(switched.length > 0 ? 'done.noOtherEffect' : 'done.noEffect'),
    notes:
      newest.noun === 'gate'
        ? []
        : [
            ...entries.filter(hasReopened).map(({ label }) => t('done.takenBack', { label })),
            ...(word === 'withdrawn' ? await stillTakenBack(visit, newest) : []),
          ],
  }
}

/** A use that comes on record takes the confirmation back that there is none. */
function hasReopened({ noun, before, after }: AuditEntry): boolean {
  if (noun !== 'gate' || !before || !after) return false
  const [was, is] = [JSON.parse(before), JSON.parse(after)]
  return (was.state === 'closed' && is.state === 'open') || Boolean(was.waivedOn && is.waivedOn === null)
}

/** A confirmation that a use took back does not come back with the withdrawal of the use. */
async function stillTakenBack({ context: { db }, today, t }: Visit, { noun, nounId }: AuditEntry) {
  if (noun !== 'dependency' && noun !== 'external_consumer') return []
  const use = await findThing(db, noun, nounId)
  const provider = use && (await findThing(db, 'service', use.providerId))
  const found = (await listTakenBack(db, today)).filter(({ service }) => service === provider?.key)
  return found.map(({ service }) => t('done.stillTakenBack', { service }))
}

async function findNewest(visit: Visit, word: Word, owner: HistoryFilter): Promise<AuditEntry | undefined> {
  const { db } = visit.context
  if (word !== 'recorded' && word !== 'saved') return newestBy(word, await listHistory(db, owner, 1))
  const made = readMade(visit)
  const row = made && (await findThing(db, made.noun, made.id))
  if (!made || row?.version !== made.version) return undefined
  const newest = newestBy(word, await listHistory(db, { noun: made.noun, nounId: made.id }, 1))
  return newest && JUDGED.test(newest.after ?? '') ? newest : undefined
}

function newestBy(word: Word, [newest]: readonly AuditEntry[]): AuditEntry | undefined {
  return newest && ACTIONS[word].test(newest.action) ? newest : undefined
}

/** What is saved may be a note or a name, of which no verdict is made. */
const JUDGED = /"(role|systems|strength|needs|declaredOn|lastSeenOn|quietDays|untilOn)":/

/** Gates, residuals and systems have an English name; everything else is called as the history calls it. */
async function sayChanged({ t, context, language }: Visit, entry: AuditEntry): Promise<string> {
  const { noun, nounId } = entry
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
