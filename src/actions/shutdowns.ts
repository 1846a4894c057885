import { z } from 'zod'
import { type Context, usualDays } from '../context.ts'
import type { Landscape } from '../domain/landscape.ts'
import { type Judgement, judge } from '../domain/shutdown/judge.ts'
import { providersToBringBack, ringToBringBack } from '../domain/shutdown/rollback.ts'
import { findService, goingTogether, type ServiceJudgement } from '../domain/shutdown/service.ts'
import type { Change } from '../store/audit-log.ts'
import type { Trx } from '../store/columns.ts'
import { loadLandscape } from '../store/landscape.ts'
import type { Service } from '../store/nouns.ts'
import { findServicesByKey } from '../store/services.ts'
import { audited } from './action.ts'
import { refuseFuture } from './day-checks.ts'
import { optionalText, readInput, requiredDay, requiredText } from './input.ts'
import { changeRow, getRow, refuseOldVersion, versionSeen } from './keep.ts'
import { ask, InputRefused, type Question } from './refusal.ts'
import { markCourses } from './shutdown-marks.ts'
import { questionsAboutDay, questionsAboutGrounds, questionsPastOverride } from './shutdown-questions.ts'
import { endTrialsOf } from './trials.ts'

const answers = z.array(z.string()).default([])
const switchedOff = z.strictObject({
  on: requiredDay(),
  reason: optionalText(),
  overrideReason: optionalText(),
  answers,
  ...versionSeen.shape,
})

/**
 * Switches a service off, with everybody it goes off together with. One that is not READY needs an override with
 * a reason, which stays on it while it is off. Gives the keys of all that went.
 */
export async function shutDownService(context: Context, id: number, input: unknown): Promise<string[]> {
  const { version, on, reason, overrideReason, answers } = readInput(switchedOff, input)
  return audited(context, 'shut-down-service', async (trx, { today }) => {
    const row = await getRow(trx, 'service', id)
    refuseOldVersion('service', row, version)
    if (row.state === 'off') throw new InputRefused([{ path: 'state', code: 'shutdown.already_off' }])
    refuseFuture('on', on, today)
    const judgement = judge(await loadLandscape(trx, today, usualDays(context)), today)
    const found = findService(judgement, row.key)!
    refuseUnready(found, overrideReason)
    const others = await othersOfGroup(trx, judgement, row.key)
    const gone = [row, ...others]
    const questions = [
      ...questionAbout('shutdown.group', others),
      ...(await questionsAboutDay(trx, gone, on, { today, context })),
      ...(found.blockers.length > 0
        ? await questionsPastOverride(trx, gone, today, context)
        : await questionsAboutGrounds(trx, gone, today, context)),
    ]
    ask(questions, answers)
    const override = found.verdict === 'READY' ? null : overrideReason
    const values = { state: 'off', offSince: on, offReason: reason, overrideReason: override } as const
    const why = override ?? reason
    const changes = [await switchOne(trx, row, version, values, why)]
    for (const other of others) changes.push(await switchOne(trx, other, other.version, values, why))
    changes.push(...(await endTrialsOf(trx, gone, on)))
    changes.push(...(await markCourses(trx, gone, { day: on, kind: 'shutdown', note: why })))
    const kept = changes.filter(change => change !== null)
    return { result: gone.map(({ key }) => key), changes: notingDoubts(kept, gone, questions) }
  })
}

/** Whoever went although nobody had confirmed that no one calls it, or on a waiver, has that in its history for good. */
function notingDoubts(changes: Change[], gone: readonly Service[], questions: readonly Question[]): Change[] {
  const valuesOf = (code: string) => questions.flatMap(one => (one.code === code ? [one.values ?? {}] : []))
  const silent = valuesOf('shutdown.unconfirmed').map(({ service }) => service)
  const waived = [
    ...valuesOf('shutdown.waived_use').map(({ what }) => what),
    ...valuesOf('shutdown.waived_gate').map(({ place, name }) => `${place} · ${name}`),
  ].join(', ')
  const keys = new Map(gone.map(({ id, key }) => [id, key]))
  return changes.map(change => {
    const key = change.noun === 'service' ? keys.get(change.id) : undefined
    if (key === undefined) return change
    const unconfirmed = silent.includes(key) ? { unconfirmed: key } : {}
    return { ...change, after: { ...change.after, ...unconfirmed, ...(waived ? { waived } : {}) } }
  })
}

const switchedOn = z.strictObject({ reason: requiredText(4000), answers, ...versionSeen.shape })

/**
 * Switches a service on again, with all that are off and call one another in a ring with it. Asks back while other
 * providers that it needs are still off. Gives the keys of all that came back.
 */
export async function bringBackService(context: Context, id: number, input: unknown): Promise<string[]> {
  const { version, reason, answers } = readInput(switchedOn, input)
  return audited(context, 'bring-back-service', async (trx, { today }) => {
    const row = await getRow(trx, 'service', id)
    refuseOldVersion('service', row, version)
    if (row.state === 'on') throw new InputRefused([{ path: 'state', code: 'shutdown.not_off' }])
    const landscape = await loadLandscape(trx, today, usualDays(context))
    const others = await inOrder(trx, ringToBringBack(landscape, row.key))
    ask(questionsAboutProviders(landscape, row.key, others), answers)
    const back = [row, ...others]
    const values = { state: 'on', offSince: null, offReason: null, overrideReason: null } as const
    const changes = [await switchOne(trx, row, version, values, reason)]
    for (const other of others) changes.push(await switchOne(trx, other, other.version, values, reason))
    changes.push(...(await markCourses(trx, back, { day: today, kind: 'bring_back', note: reason })))
    return { result: back.map(({ key }) => key), changes: changes.filter(change => change !== null) }
  })
}

/** What stays is not switched off at all: first somebody has to say that it goes. */
function refuseUnready({ verdict, blockers }: ServiceJudgement, overrideReason: string | null): void {
  if (verdict === 'KEEP') throw new InputRefused([{ path: 'state', code: 'shutdown.stays' }])
  if (verdict === 'READY' || overrideReason) return
  const code = blockers.length > 0 ? 'shutdown.not_ready' : 'shutdown.not_first'
  throw new InputRefused([{ path: 'overrideReason', code, values: { count: blockers.length } }])
}

async function othersOfGroup(trx: Trx, judgement: Judgement, key: string): Promise<Service[]> {
  return inOrder(
    trx,
    goingTogether(judgement, key).filter(member => member !== key),
  )
}

async function inOrder(trx: Trx, keys: readonly string[]): Promise<Service[]> {
  const rows = await findServicesByKey(trx, keys)
  return rows.sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key))
}

/** The answer names them all, so that it confirms nothing for a group that has changed since. */
function questionAbout(code: string, services: readonly { key: string }[]): Question[] {
  if (services.length === 0) return []
  const keys = services.map(({ key }) => key)
  const values = { services: keys.join(', '), count: keys.length }
  return [{ path: 'on', code, values, answer: `${code}:${keys.join()}` }]
}

/** What is needed first comes first; a ring that it belongs to comes back with it, in no order. */
function questionsAboutProviders(
  landscape: Landscape,
  key: string,
  ring: readonly { key: string }[],
): Question[] {
  const groups = providersToBringBack(landscape, key).slice(0, ring.length > 0 ? -1 : undefined)
  const needed = groups.flat().map(one => ({ key: one }))
  const first = questionAbout('shutdown.providers_off', needed)
  return [
    ...first.map(question => ({
      ...question,
      values: { services: numbered(groups), count: needed.length },
    })),
    ...questionAbout('shutdown.ring_off', ring),
  ]
}

/** "1. db; 2. file; 3. match, diff" */
function numbered(groups: readonly string[][]): string {
  const steps = groups.map(members => members.join(', '))
  return steps.length > 1 ? steps.map((step, at) => `${at + 1}. ${step}`).join('; ') : steps.join()
}

async function switchOne(
  trx: Trx,
  row: Service,
  version: number,
  values: Partial<Service>,
  why: string | null,
): Promise<Change | null> {
  return changeRow(trx, 'service', row, version, values, { label: row.name, serviceId: row.id, why })
}
