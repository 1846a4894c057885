import { NotFound } from '../../actions/refusal.ts'
import { closeResidual, createResidual, editResidual, reopenResidual } from '../../actions/residuals.ts'
import { readId } from '../../domain/id.ts'
import { leavesUnknown } from '../../domain/lifecycle.ts'
import { UNITS } from '../../domain/vocabulary.ts'
import { systemPath } from '../../http/addresses.ts'
import { sayName } from '../../http/words.ts'
import { findRoundResiduals, type RoundResidual } from '../../store/round.ts'
import { findSystemsById } from '../../store/systems.ts'
import { codes, type Field, type Form } from '../form.ts'
import { getSystem } from '../systems/system-forms.ts'
import type { Visit } from '../visit.ts'

/** The forms that add, change, close and reopen a residual. */

export async function createResidualForm(visit: Visit): Promise<Form> {
  const { context, t, language } = visit
  const system = await getSystem(visit)
  const back = systemPath(system.key)
  return {
    heading: t('residual.addTo', { name: sayName(language, system) }),
    submit: t('form.add'),
    back,
    section: 'overview',
    fields: describedFields(t, { latest: null }),
    values: { unit: 'order' },
    act: async typed => {
      await createResidual(context, system.id, typed)
      return back
    },
  }
}

export async function editResidualForm(visit: Visit): Promise<Form> {
  const { residual, ...form } = await formOn(visit, 'edit')
  return {
    ...form,
    submit: visit.t('form.save'),
    fields: describedFields(visit.t, residual).flatMap((field): Field[] =>
      field.name === 'baseline' && residual.baseline !== null
        ? [field, { name: 'baselineReason', kind: 'long', hint: 'residual.baselineReasonHint' }]
        : [field],
    ),
    values: residual,
    act: async typed => {
      await editResidual(visit.context, residual.id, typed)
      return form.back
    },
  }
}

export async function closeResidualForm(visit: Visit): Promise<Form> {
  const { residual, ...form } = await formOn(visit, 'close')
  const [system] = await findSystemsById(visit.context.db, [residual.systemId])
  return {
    ...form,
    ...insteadIf(residual.closedOn, visit.t('problem.residual.already_closed', { day: residual.closedOn })),
    ...(!residual.closedOn && {
      about: visit.t(leavesUnknown(system!) ? 'residual.closeAboutLast' : 'residual.closeAbout'),
    }),
    submit: visit.t('residual.step.close'),
    fields: [
      { name: 'on', kind: 'day', isRequired: true, decides: { column: 'closedOn' } },
      { name: 'reason', kind: 'long', isRequired: true, decides: { column: 'closedReason' } },
    ],
    values: { on: visit.today },
    act: async typed => {
      await closeResidual(visit.context, residual.id, typed)
      return form.back
    },
  }
}

export async function reopenResidualForm(visit: Visit): Promise<Form> {
  const { residual, ...form } = await formOn(visit, 'reopen')
  return {
    ...form,
    ...insteadIf(!residual.closedOn, visit.t('problem.residual.not_closed')),
    about: visit.t('residual.reopenAbout'),
    submit: visit.t('residual.step.reopen'),
    fields: [{ name: 'reason', kind: 'long', isRequired: true }],
    values: {},
    act: async typed => {
      await reopenResidual(visit.context, residual.id, typed)
      return form.back
    },
  }
}

function insteadIf(is: unknown, text: string): Pick<Form, 'instead'> {
  return is ? { instead: { text } } : {}
}

export function residualPath(id: number): string {
  return `/residuals/${id}`
}

/** The residual that the address names. Throws NotFound. */
export async function getResidual({ context, request }: Visit): Promise<RoundResidual> {
  const text = String(request.params.id)
  const id = readId(text)
  const [residual] = id === null ? [] : await findRoundResiduals(context.db, [id])
  if (!residual) throw new NotFound('residual', text)
  return residual
}

async function formOn(visit: Visit, step: 'edit' | 'close' | 'reopen') {
  const residual = await getResidual(visit)
  const { t, language } = visit
  const system = sayName(language, { name: residual.systemName, nameEn: residual.systemNameEn })
  return {
    residual,
    heading: t('residual.heading', {
      step: t(`residual.step.${step}`),
      name: `${system} / ${sayName(language, residual)}`,
    }),
    back: residualPath(residual.id),
    section: 'overview' as const,
    version: residual.version,
  }
}

/** Once it is counted its unit stays, so whatever is said of it is said in the same one, each for itself. */
function describedFields(t: Visit['t'], { latest }: Pick<RoundResidual, 'latest'>): Field[] {
  const inUnit = latest ? {} : { oneWith: 'unit' }
  return [
    { name: 'key', kind: 'text', isRequired: true, hint: 'hint.key' },
    { name: 'name', kind: 'text', isRequired: true },
    { name: 'nameEn', kind: 'text' },
    { name: 'unit', kind: 'choice', isRequired: true, options: codes(t, 'unit', UNITS) },
    { name: 'segment', kind: 'text', hint: 'hint.segment' },
    { name: 'baseline', kind: 'count', hint: 'residual.baselineHint', ...inUnit },
    { name: 'baselineOn', kind: 'day', ...inUnit },
    { name: 'declaredRate', kind: 'count', hint: 'residual.declaredRateHint', ...inUnit },
    { name: 'declaredRateOn', kind: 'day', hint: 'residual.declaredRateOnHint', ...inUnit },
    { name: 'declaredZeroOn', kind: 'day', hint: 'residual.declaredZeroOnHint' },
    { name: 'cadenceDays', kind: 'count', hint: 'residual.cadenceHint' },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}
