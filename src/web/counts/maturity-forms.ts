import { recordProfile, withdrawProfile } from '../../actions/maturity.ts'
import { writeMaturityLines } from '../../actions/maturity-lines.ts'
import { NotFound } from '../../actions/refusal.ts'
import { closedUp, sayCount, sayName } from '../../http/words.ts'
import { endsOf, findProfileInForce } from '../../store/maturity.ts'
import { findThing } from '../../store/places.ts'
import { findRoundResiduals } from '../../store/round.ts'
import type { Field, Form } from '../form.ts'
import type { Visit } from '../visit.ts'
import { idOf } from '../withdrawal-forms.ts'
import { whyWithdrawn } from '../withdrawn.ts'
import { getResidual, residualPath } from './residual-forms.ts'

/** The form that records when the contracts end. */
export async function maturityForm(visit: Visit): Promise<Form> {
  const { context, t, language, today } = visit
  const residual = await getResidual(visit)
  const back = residualPath(residual.id)
  const { latest } = residual
  return {
    heading: closedUp(t('maturity.heading', { name: sayName(language, residual) })),
    about: t('maturity.about'),
    notes: [
      latest
        ? t(`maturity.lastCount.${latest.qualifier}`, {
            count: sayCount(t, language, latest),
            day: latest.day,
          })
        : t('maturity.neverCounted'),
    ],
    ...(residual.closedOn && {
      instead: { text: t('problem.reading.residual_closed', { day: residual.closedOn }) },
    }),
    submit: t('maturity.submit'),
    back,
    section: 'counts',
    fields: PROFILE_FIELDS,
    values: { day: latest?.day ?? today },
    version: (await findProfileInForce(context.db, residual.id))?.id ?? 0,
    takesPlace: true,
    act: async typed => {
      await recordProfile(context, residual.id, typed)
      return `${back}#maturity`
    },
  }
}

const PROFILE_FIELDS: readonly Field[] = [
  { name: 'day', kind: 'day', isRequired: true, hint: 'maturity.dayHint', decides: { column: 'day' } },
  {
    name: 'ends',
    kind: 'lines',
    isRequired: true,
    hint: 'maturity.endsHint',
    decides: { column: 'ends', typed: ends => writeMaturityLines(endsOf({ ends: String(ends) })) },
  },
  { name: 'note', kind: 'long', decides: { column: 'note' } },
  { name: 'source', kind: 'text', decides: { column: 'source' } },
]

/** The form that takes a profile back. It stays in the list, with the reason. */
export async function withdrawMaturityForm(visit: Visit): Promise<Form> {
  const { context, t, language } = visit
  const id = idOf(visit, 'maturity_profile')
  const profile = await findThing(context.db, 'maturity_profile', id)
  const [residual] = profile ? await findRoundResiduals(context.db, [profile.residualId]) : []
  if (!profile || !residual) throw new NotFound('maturity_profile', id)
  const back = residualPath(residual.id)
  return {
    heading: closedUp(t('maturity.withdrawHeading', { name: sayName(language, residual), day: profile.day })),
    about: t('maturity.withdrawAbout'),
    submit: t('withdrawal.submit'),
    back,
    section: 'counts',
    version: profile.version,
    ...whyWithdrawn(t, profile),
    fields: [{ name: 'reason', kind: 'long', isRequired: true }],
    values: {},
    act: async typed => {
      await withdrawProfile(context, id, typed)
      return `${back}#maturity`
    },
  }
}
