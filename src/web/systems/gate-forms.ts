import { closeGate, createGate, editGate, reopenGate } from '../../actions/gates.ts'
import { isClosedForGood, isPlainlyOpen } from '../../domain/gates.ts'
import { GATE_KINDS } from '../../domain/vocabulary.ts'
import { sayName } from '../../http/words.ts'
import type { GateRow } from '../../store/nouns.ts'
import { findPlace } from '../../store/places.ts'
import { codes, type Field, type Form } from '../form.ts'
import { askedText } from '../forms.ts'
import { getOwned, OWNERS } from '../owners.ts'
import { whyNotConfirmed } from '../services/why-not-confirmed.ts'
import type { Visit } from '../visit.ts'
import { alreadyClosed, whyWithdrawn } from '../withdrawn.ts'

/** The forms that add, change, close and reopen a gate of a system or of a service. */

export function createGateForm(owning: keyof typeof OWNERS) {
  return async (visit: Visit): Promise<Form> => {
    const { context, t } = visit
    const { owner, name, back, section } = await OWNERS[owning](visit)
    return {
      heading: t('gates.addTo', { name }),
      about: t('gates.about'),
      submit: t('form.add'),
      back,
      section,
      fields: [...describedFields(t), stateField(t)],
      values: { kind: 'callers', state: 'open' },
      act: async typed => {
        await createGate(context, owner, typed)
        return back
      },
    }
  }
}

export async function editGateForm(visit: Visit): Promise<Form> {
  const { row, form } = await formOn(visit, 'edit')
  return {
    ...form,
    submit: visit.t('form.save'),
    fields: describedFields(visit.t),
    values: row,
    act: async typed => {
      await editGate(visit.context, row.id, typed)
      return form.back
    },
  }
}

export async function closeGateForm(visit: Visit): Promise<Form> {
  const { row, form } = await formOn(visit, 'close')
  return {
    ...(await whyNotClosed(visit, row)),
    ...form,
    about: visit.t('gates.closeAbout'),
    submit: visit.t('gates.step.close'),
    fields: [
      { name: 'on', kind: 'day', isRequired: true, decides: { column: 'closedOn' } },
      { name: 'evidence', kind: 'long', isRequired: true, hint: 'gates.evidenceHint' },
      { name: 'evidenceExpiresOn', kind: 'day' },
    ],
    values: { on: visit.today, evidence: askedText(visit, 'evidence') ?? row.evidence },
    act: async typed => {
      await closeGate(visit.context, row.id, typed)
      return form.back
    },
  }
}

export async function reopenGateForm(visit: Visit): Promise<Form> {
  const { row, form } = await formOn(visit, 'reopen')
  return {
    ...(isPlainlyOpen(row) && { instead: { text: notClosed(visit, row) } }),
    ...form,
    submit: visit.t('gates.step.reopen'),
    fields: [stateField(visit.t), { name: 'reason', kind: 'long', isRequired: true }],
    values: { state: 'open' },
    act: async typed => {
      await reopenGate(visit.context, row.id, typed)
      return form.back
    },
  }
}

/** What is closed already stays as it is; nobody confirms that nobody calls what is called. */
async function whyNotClosed(visit: Visit, gate: GateRow): Promise<Pick<Form, 'instead'>> {
  if (isClosedForGood(gate, visit.today)) return alreadyClosed(visit.t, gate)
  if (gate.kind !== 'no_consumers' || gate.serviceId === null) return {}
  const service = await findPlace(visit.context.db, { serviceId: gate.serviceId })
  return service ? whyNotConfirmed(visit, { id: gate.serviceId, key: service.key }) : {}
}

function notClosed({ t }: Visit, { state }: GateRow): string {
  return t('problem.gate.not_closed', { gate: t(`gate.${state}`) })
}

async function formOn(visit: Visit, step: 'edit' | 'close' | 'reopen') {
  const { row, name, back, section } = await getOwned(visit, 'gate')
  const { t, language } = visit
  const label = `${name} / ${sayName(language, row)}`
  const heading = t('gates.heading', { step: t(`gates.step.${step}`), name: label })
  return { row, form: { heading, back, section, version: row.version, ...whyWithdrawn(t, row) } }
}

/** A new gate is open or nobody knows; it is closed by a step of its own, with evidence. */
function stateField(t: Visit['t']): Field {
  return { name: 'state', kind: 'choice', isRequired: true, options: codes(t, 'gate', ['open', 'unknown']) }
}

function describedFields(t: Visit['t']): Field[] {
  return [
    { name: 'key', kind: 'text', isRequired: true, hint: 'hint.key' },
    { name: 'name', kind: 'text', isRequired: true },
    { name: 'nameEn', kind: 'text' },
    { name: 'kind', kind: 'choice', isRequired: true, options: codes(t, 'gateKind', GATE_KINDS) },
    { name: 'owner', kind: 'text' },
    { name: 'closesOn', kind: 'day' },
    { name: 'note', kind: 'long' },
    { name: 'source', kind: 'text' },
  ]
}
