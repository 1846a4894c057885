import { withdrawReading } from '../../actions/readings.ts'
import { NotFound } from '../../actions/refusal.ts'
import { addDays } from '../../domain/calendar.ts'
import { readId } from '../../domain/id.ts'
import { sayCount, sayName } from '../../http/words.ts'
import type { Reading } from '../../store/nouns.ts'
import { findThing } from '../../store/places.ts'
import { findReadingBy, findSuperseded } from '../../store/readings.ts'
import { findRoundResiduals, type RoundResidual } from '../../store/round.ts'
import type { Form } from '../form.ts'
import type { Visit } from '../visit.ts'
import { residualPath } from './residual-forms.ts'

/** The form that takes a reading out of force. It stays in the list, struck out, with the reason. */
export async function withdrawReadingForm(visit: Visit): Promise<Form> {
  const { context, request, t, language } = visit
  const text = String(request.params.id)
  const id = readId(text)
  const reading = id === null ? undefined : await findThing(context.db, 'reading', id)
  const [residual] = reading ? await findRoundResiduals(context.db, [reading.residualId]) : []
  if (!reading || !residual) throw new NotFound('reading', text)
  const back = residualPath(residual.id)
  return {
    heading: t('reading.withdrawHeading', {
      name: sayName(language, residual),
      count: sayCount(t, language, reading),
      day: reading.day,
    }),
    about: t('reading.withdrawAbout'),
    notes: await sayWhatHolds(visit, reading, residual),
    ...(reading.supersededAt && {
      instead: {
        text: t('problem.reading.not_in_force'),
        changed: { noun: 'reading', id: reading.supersededBy ?? reading.id },
      },
    }),
    submit: t('reading.withdrawIt'),
    back,
    section: 'counts',
    fields: [{ name: 'reason', kind: 'long', isRequired: true }],
    values: {},
    act: async typed => {
      await withdrawReading(context, reading.id, typed)
      return back
    },
  }
}

/** What counts once this reading does not: a later one, the one before, or nothing. */
async function sayWhatHolds(
  { context, t, language }: Visit,
  reading: Reading,
  { latest }: RoundResidual,
): Promise<string[]> {
  const before = await findReadingBy(context.db, reading.residualId, addDays(reading.day, -1))
  const holds = latest && latest.day > reading.day ? latest : before
  const superseded = await findSuperseded(context.db, reading.id)
  const say = (key: string, one: { count: number; qualifier: Reading['qualifier']; day: string }) =>
    t(key, { count: sayCount(t, language, one), day: one.day })
  return [
    holds ? say('reading.holdsAfter', holds) : t('reading.nothingAfter'),
    ...(superseded ? [say('reading.staysSuperseded', superseded)] : []),
  ]
}
