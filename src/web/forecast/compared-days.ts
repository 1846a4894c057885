import { addDays, type Day, parseDay } from '../../domain/calendar.ts'
import type { Visit } from '../visit.ts'

const USUAL_DAYS = 30

export type ComparedDays = { from: Day; to: Day; notes: string[] }

/** The days that an address asks to compare, `since` and `until`. What cannot be taken as it stands is said, and what is taken instead. */
export function comparedDays({ t, request, today }: Visit): ComparedDays {
  const notes: string[] = []
  const until = dayOf(request.query.until)
  const to = until.day && until.day <= today ? until.day : today
  if (until.text && !until.day) notes.push(t('movement.notDay', { text: until.text, day: to }))
  if (until.day && until.day > today) notes.push(t('movement.notCome', { text: until.text, day: to }))
  const since = dayOf(request.query.since)
  const from = since.day && since.day < to ? since.day : addDays(to, -USUAL_DAYS)
  if (since.text && !since.day) notes.push(t('movement.notDay', { text: since.text, day: from }))
  if (since.day && since.day >= to) notes.push(t('movement.notBefore', { text: since.text, to, day: from }))
  return { from, to, notes }
}

function dayOf(given: unknown): { text: string; day: Day | null } {
  const text = typeof given === 'string' ? given.trim().slice(0, 40) : ''
  return { text, day: parseDay(text) }
}
