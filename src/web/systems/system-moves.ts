import { changeStatus } from '../../actions/systems.ts'
import type { Day } from '../../domain/calendar.ts'
import { needsReason, nextStatuses, wayTo } from '../../domain/lifecycle.ts'
import { STATUSES, type Status } from '../../domain/vocabulary.ts'
import { pageWith, systemPath } from '../../http/addresses.ts'
import { judgedFor } from '../../http/judged.ts'
import { inOneLine, sayName } from '../../http/words.ts'
import { findFormerOverride } from '../../store/intake.ts'
import type { SystemState } from '../../store/systems.ts'
import type { Form, Note } from '../form.ts'
import { askedText } from '../forms.ts'
import { bodyOf, type Visit } from '../visit.ts'
import { sayHeldServices } from './held-services.ts'
import { wayToExtend } from './hold-form.ts'
import { moveFields } from './move-fields.ts'
import { insteadOfMove } from './moved-already.ts'
import { formerOf, sayRetirement } from './savings-moved.ts'
import { getSystem } from './system-forms.ts'
import { sayHolds } from './system-holds.ts'

/** Where a system may go from here, and why it may not go elsewhere. */
export function movesOf(visit: Visit, system: SystemState, holds: number) {
  const { t } = visit
  const others = STATUSES.filter(status => status !== system.status)
  const path = `${systemPath(system.key)}/status`
  const allowed = nextStatuses(system.status, system.role)
  return {
    extend: system.status === 'on_hold' ? wayToExtend(visit, system) : null,
    allowed: others
      .filter(to => allowed.includes(to))
      .map(to => ({
        label: t(`status.${to}`),
        href: pageWith(path, { to }),
        needs: needsOf(t, system.status, to, holds),
      })),
    refused: others
      .filter(to => !allowed.includes(to))
      .map(to => ({ label: t(`status.${to}`), why: whyNot(t, system, to) })),
  }
}

function needsOf(t: Visit['t'], from: Status, to: Status, holds: number): string | null {
  if (to === 'retired' && holds > 0) return t('system.needsOverride', { count: holds })
  if (to === 'on_hold') return t('system.needsReview')
  return needsReason(from, to) ? t('system.needsReason') : null
}

/** The way round, where there is one; otherwise that there is none. */
function whyNot(t: Visit['t'], { status: from, role }: SystemState, to: Status): string {
  if (to === 'retired' && role === 'stay') return t('problem.status.stays')
  const [first] = wayTo(from, to)
  return first
    ? t('system.notDirectly', { via: t(`status.${first}`) })
    : t('problem.status.not_allowed', { from: t(`status.${from}`), to: t(`status.${to}`) })
}

export async function statusForm(visit: Visit): Promise<Form> {
  const { context, t, language, today } = visit
  const system = await getSystem(visit)
  const back = systemPath(system.key)
  const allowed = nextStatuses(system.status, system.role)
  const asked = askedText(visit, 'to')
  const to = allowed.find(status => status === asked) ?? ''
  const former = await formerOf(visit, system)
  const isThere = statusSent(visit) === system.status
  const isHold = asked === 'on_hold' && system.status === 'on_hold' && !isThere
  const holds =
    system.status === 'retired' || isHold ? [] : (await sayHolds(visit, system)).map(({ text }) => text)
  const status = t(`status.${system.status}`)
  const impossible = asked && !to && !isThere ? [sayImpossible(t, system, asked)] : []
  return {
    heading: t('system.changeStatus', { name: sayName(language, system) }),
    about: inOneLine(language, [
      ...impossible,
      ...(await sayRetirement(visit, system, former)),
      ...(holds.length > 0 ? [t('system.statusHeld', { status })] : []),
      ...(holds.length + impossible.length === 0 ? [t('system.statusNow', { status })] : []),
    ]),
    ...(isThere && { instead: insteadOfMove(visit, system) }),
    notes: [
      ...(isHold ? [sayHeld(visit, system)] : []),
      ...holds,
      ...(allowed.includes('retired') && holds.length === 0 ? await heldServices(visit, system) : []),
    ],
    submit: t('system.move'),
    back,
    section: 'overview',
    fields: moveFields(t, {
      allowed,
      mayHold: allowed.includes('on_hold') || isThere,
      mayOverride: allowed.includes('retired') && holds.length > 0,
      isRetiring: to === 'retired',
      needsReason: allowed.every(one => needsReason(system.status, one)),
      needsDay: !former.includes(null),
    }),
    values: {
      to,
      on: today,
      reason: askedText(visit, 'reason') ?? '',
      ...(to === 'retired' && (await formerValues(visit, system, former))),
    },
    version: system.version,
    act: async typed => {
      await changeStatus(context, system.id, typed)
      return back
    },
  }
}

/** A retirement that was undone is offered as it was: with its day, and the reason for which it went unready. */
async function formerValues({ context }: Visit, system: SystemState, [on]: readonly (Day | null)[]) {
  if (on === undefined) return null
  return { on: on ?? '', overrideReason: (await findFormerOverride(context.db, system)) ?? '' }
}

async function heldServices(visit: Visit, { key }: SystemState): Promise<Note[]> {
  const { judgement } = await judgedFor(visit)
  const text = await sayHeldServices(visit, judgement, key)
  const next = { text: visit.t('system.services'), href: `${systemPath(key)}#services` }
  return text ? [{ text, isWeak: true, next }] : []
}

/** Whoever asks for what is there already may have meant another review day. */
function sayHeld(visit: Visit, system: SystemState): Note {
  const { reviewOn, statusReason } = system
  const values = { day: reviewOn ?? visit.t('when.unknown'), reason: statusReason ?? '' }
  return { text: visit.t('system.heldUntil', values), isWeak: false, next: wayToExtend(visit, system) }
}

/** Of a form that is only switched to another language, what was first sent: the status that it is in is on no list. */
function statusSent({ request }: Visit): unknown {
  const body = bodyOf(request)
  return (body.lang && body['was.to']) ?? body.to
}

/** The address asks for a move that is not, or no longer, there: nothing is chosen in its place. */
function sayImpossible(t: Visit['t'], { status: from, role }: SystemState, asked: string): string {
  if (asked === 'retired' && role === 'stay') return t('problem.status.stays')
  const status = STATUSES.find(one => one === asked)
  if (!status) return t('system.moveUnknown')
  if (status === from) return t('system.isThere', { status: t(`status.${from}`) })
  return t('system.moveGone', { from: t(`status.${from}`), to: t(`status.${status}`) })
}
