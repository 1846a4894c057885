import { NotFound } from '../actions/refusal.ts'
import {
  endWaiver,
  type UseNoun,
  type WaivableNoun,
  type WithdrawableNoun,
  waive,
  withdraw,
} from '../actions/withdrawals.ts'
import { readId } from '../domain/id.ts'
import type { Noun } from '../store/nouns.ts'
import type { Form } from './form.ts'
import { findSubject } from './subjects.ts'
import type { Visit } from './visit.ts'

/** The forms that take a thing back, or let it pass for a while: the same for every noun. */

export function withdrawForm(noun: WithdrawableNoun): (visit: Visit) => Promise<Form> {
  return async visit => {
    const { t, context } = visit
    const id = idOf(visit, noun)
    const { label, back, section, version, instead } = await findSubject(visit, noun, id)
    return {
      heading: t('withdrawal.heading', { label }),
      about: t(`withdrawal.about.${noun}`),
      submit: t('withdrawal.submit'),
      back,
      section,
      version,
      ...(instead && { instead }),
      fields: [{ name: 'reason', kind: 'long', isRequired: true, decides: { column: 'withdrawnReason' } }],
      values: {},
      act: async typed => {
        await withdraw(context, noun, id, typed)
        return back
      },
    }
  }
}

export function waiveForm(noun: WaivableNoun): (visit: Visit) => Promise<Form> {
  return async visit => {
    const { t, context } = visit
    const id = idOf(visit, noun)
    const subject = await findSubject(visit, noun, id)
    const { label, back, section, version, waiver, isWaived } = subject
    const instead = subject.instead ?? subject.unwaivable
    return {
      heading: t(isWaived ? 'waiver.headingChange' : 'waiver.heading', { label }),
      about: t(`waiver.about.${noun}`),
      submit: t(isWaived ? 'waiver.change' : 'waiver.submit'),
      back,
      section,
      version,
      ...(instead && { instead }),
      fields: [
        { name: 'waivedBy', kind: 'text', isRequired: true },
        { name: 'waiverReason', kind: 'long', isRequired: true },
        { name: 'waivedUntil', kind: 'day', isRequired: true },
      ],
      values: waiver ?? {},
      act: async typed => {
        await waive(context, noun, id, typed)
        return back
      },
    }
  }
}

export function endWaiverForm(noun: UseNoun): (visit: Visit) => Promise<Form> {
  return async visit => {
    const { t, context } = visit
    const id = idOf(visit, noun)
    const { label, back, section, version, instead, isWaived } = await findSubject(visit, noun, id)
    const over = isWaived ? undefined : { text: t('problem.use.not_waived'), changed: { noun, id } }
    return {
      heading: t('waiver.headingEnd', { label }),
      about: t('waiver.aboutEnd'),
      submit: t('waiver.end'),
      back,
      section,
      version,
      ...((instead || over) && { instead: instead ?? over }),
      fields: [{ name: 'reason', kind: 'long', isRequired: true }],
      values: {},
      act: async typed => {
        await endWaiver(context, noun, id, typed)
        return back
      },
    }
  }
}

/** The number in the address. Throws NotFound. */
export function idOf({ request }: Visit, noun: Noun): number {
  const text = String(request.params.id)
  const id = readId(text)
  if (id === null) throw new NotFound(noun, text)
  return id
}
