import {
  CURRENCIES,
  createCost,
  createExpectedSaving,
  editCost,
  editExpectedSaving,
} from '../../actions/money.ts'
import { COST_KINDS } from '../../domain/vocabulary.ts'
import { codes, type Field, type Form } from '../form.ts'
import { getOwned, OWNERS, systemOwner } from '../owners.ts'
import type { Visit } from '../visit.ts'
import { whyWithdrawn } from '../withdrawn.ts'

/** The forms for what something costs every month, and for what its end is expected to save. */

export function createCostForm(owning: keyof typeof OWNERS) {
  return async (visit: Visit): Promise<Form> => {
    const { context, t } = visit
    const { owner, name, back, section } = await OWNERS[owning](visit)
    return {
      heading: t('costs.addTo', { name }),
      about: t('costs.about'),
      submit: t('form.add'),
      back,
      section,
      fields: costFields(t),
      values: { kind: 'machines', currency: 'CNY' },
      act: async typed => {
        await createCost(context, owner, typed)
        return `${back}#money`
      },
    }
  }
}

export async function editCostForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const { row, name, back, section } = await getOwned(visit, 'monthly_cost')
  return {
    heading: t('costs.edit', { name }),
    submit: t('form.save'),
    back,
    section,
    fields: costFields(t),
    values: { ...row, amountFen: inUnits(row.amountFen) },
    version: row.version,
    ...whyWithdrawn(t, row),
    act: async typed => {
      await editCost(context, row.id, typed)
      return back
    },
  }
}

export async function createSavingForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const { owner, name, back, section } = await systemOwner(visit)
  return {
    heading: t('costs.addSavingTo', { name }),
    about: t('costs.savingAbout'),
    submit: t('form.add'),
    back,
    section,
    fields: savingFields(t),
    values: { kind: 'machines', currency: 'CNY' },
    act: async typed => {
      await createExpectedSaving(context, owner.systemId, typed)
      return `${back}#money`
    },
  }
}

export async function editSavingForm(visit: Visit): Promise<Form> {
  const { context, t } = visit
  const { row, name, back, section } = await getOwned(visit, 'expected_saving')
  return {
    heading: t('costs.editSaving', { name }),
    about: t('costs.savingAbout'),
    submit: t('form.save'),
    back,
    section,
    fields: savingFields(t),
    values: { ...row, amountFen: inUnits(row.amountFen), currency: row.currency ?? 'CNY' },
    version: row.version,
    ...whyWithdrawn(t, row),
    act: async typed => {
      await editExpectedSaving(context, row.id, typed)
      return back
    },
  }
}

/** People type and read yuan; the register keeps fen. */
function inUnits(fen: number | null): string {
  if (fen === null) return ''
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2)
}

function costFields(t: Visit['t']): Field[] {
  return [
    { name: 'kind', kind: 'choice', isRequired: true, options: codes(t, 'costKind', COST_KINDS) },
    { name: 'amountFen', kind: 'count', isRequired: true, hint: 'hint.amountFen' },
    currencyField(),
    { name: 'fromOn', kind: 'day', hint: 'hint.fromOn' },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}

function savingFields(t: Visit['t']): Field[] {
  return [
    { name: 'kind', kind: 'choice', isRequired: true, options: codes(t, 'costKind', COST_KINDS) },
    { name: 'amountFen', kind: 'count', hint: 'hint.amountFen' },
    currencyField(),
    { name: 'personMonths', kind: 'count', oneWith: 'amountFen' },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}

function currencyField(): Field {
  const options = CURRENCIES.map(value => ({ value, label: value }))
  return { name: 'currency', kind: 'choice', isRequired: true, options, oneWith: 'amountFen' }
}
