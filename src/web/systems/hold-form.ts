import { extendHold } from '../../actions/holds.ts'
import { pageWith, systemPath } from '../../http/addresses.ts'
import { sayName } from '../../http/words.ts'
import type { SystemState } from '../../store/systems.ts'
import { versionDecidedOn } from '../conflict-again.ts'
import type { Form, Values } from '../form.ts'
import { askedText } from '../forms.ts'
import { bodyOf, type Visit } from '../visit.ts'
import { getSystem } from './system-forms.ts'

/** Leaves a system on hold until another day of review. */
export async function extendHoldForm(visit: Visit): Promise<Form> {
  const { context, t, language } = visit
  const system = await getSystem(visit)
  const back = systemPath(system.key)
  return {
    ...whyNotExtended(visit, system),
    heading: t('system.extendHoldOf', { name: sayName(language, system) }),
    about: t('system.heldUntil', {
      day: system.reviewOn ?? t('when.unknown'),
      reason: system.statusReason ?? '',
    }),
    submit: t('form.save'),
    back,
    section: 'overview',
    fields: [
      { name: 'reviewOn', kind: 'day', isRequired: true, decides: { column: 'reviewOn' } },
      { name: 'reason', kind: 'long', isRequired: true },
    ],
    values: { reviewOn: askedText(visit, 'reviewOn') ?? '', ...reasonAsked(visit) },
    version: system.version,
    act: async typed => {
      await extendHold(context, system.id, typed)
      return back
    },
  }
}

/** It stands nowhere in the system, so once it is sent there is nothing that it is compared with. */
function reasonAsked(visit: Visit): Values {
  return visit.request.method === 'POST' ? {} : { reason: askedText(visit, 'reason') ?? '' }
}

/** Nor is a day chosen that somebody else has chosen meanwhile: a reason goes with a new day, never by itself. */
function whyNotExtended(visit: Visit, system: SystemState): Pick<Form, 'instead'> {
  const { t, request } = visit
  if (system.status !== 'on_hold') return { instead: { text: t('problem.status.not_on_hold') } }
  const { reviewOn, reason } = bodyOf(request)
  const isSameDay = reviewOn === system.reviewOn
  if (!isSameDay || !(versionDecidedOn(visit) < system.version)) return {}
  const text = t('conflict.sameReview', { day: system.reviewOn })
  return { instead: { text, ways: [wayToExtend(visit, system, { reason })] } }
}

/** The way there from wherever the review day of a system on hold is the question, with what was typed of it. */
export function wayToExtend({ t }: Visit, { key }: Pick<SystemState, 'key'>, typed: Values = {}) {
  const { reviewOn, reason } = typed
  const settings = { reviewOn: textInAddress(reviewOn), reason: textInAddress(reason) }
  return { text: t('system.extendHold'), href: pageWith(`${systemPath(key)}/hold`, settings) }
}

/** A browser sends no address of any length: what is longer stays on the page where it was typed. */
export function textInAddress(typed: unknown): string | undefined {
  return typeof typed === 'string' && typed.length <= 1000 ? typed : undefined
}
