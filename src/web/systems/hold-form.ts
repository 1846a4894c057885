import { extendHold } from '../../actions/holds.ts'
import { pageWith, systemPath } from '../../http/addresses.ts'
import { sayName } from '../../http/words.ts'
import type { SystemState } from '../../store/systems.ts'
import { versionDecidedOn } from '../conflict-again.ts'
import type { Form } from '../form.ts'
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
    values: { reviewOn: askedText(visit, 'reviewOn') ?? '' },
    version: system.version,
    act: async typed => {
      await extendHold(context, system.id, typed)
      return back
    },
  }
}

/** Nor is a day chosen that somebody else has chosen meanwhile: a reason goes with a new day, never by itself. */
function whyNotExtended(visit: Visit, system: SystemState): Pick<Form, 'instead'> {
  const { t, request } = visit
  if (system.status !== 'on_hold') return { instead: { text: t('problem.status.not_on_hold') } }
  const isSameDay = bodyOf(request).reviewOn === system.reviewOn
  if (!isSameDay || !(versionDecidedOn(visit) < system.version)) return {}
  const text = t('conflict.sameReview', { day: system.reviewOn })
  return { instead: { text, ways: [wayToExtend(visit, system)] } }
}

/** The way there from wherever the review day of a system on hold is the question. */
export function wayToExtend({ t }: Visit, { key }: Pick<SystemState, 'key'>, reviewOn?: string) {
  const path = `${systemPath(key)}/hold`
  return { text: t('system.extendHold'), href: reviewOn ? pageWith(path, { reviewOn }) : path }
}
