import { overtakingOf } from '../domain/overtaking.ts'
import { laterRise, questionsAbout, risenFrom } from '../domain/reading-questions.ts'
import type { Reading } from '../store/nouns.ts'
import type { Draft } from './reading-checks.ts'
import { NeedsConfirmation, type Question } from './refusal.ts'

/** Asks back what may be a slip, unless it was answered already. */
export function askAbout(drafts: readonly Draft[], answers: readonly string[], factor: number): void {
  const questions = drafts
    .flatMap(one => questionsOf(one, factor))
    .filter(question => !answers.includes(question.answer))
  if (questions.length > 0) throw new NeedsConfirmation(questions)
}

function questionsOf(one: Draft, factor: number): Question[] {
  const { previous, ceiling, latest, known, incoming, entry } = one
  const codes = questionsAbout(incoming, known, factor)
  const risen = risenFrom(incoming, known) === known.ceiling ? ceiling : previous
  const asked = codes.map(code => questionOf(one, code, code === 'reading.rise' ? risen : previous, factor))
  const ofThatDay = previous?.day === incoming.day ? previous : undefined
  const overtaking = overtakingOf(incoming, entry, { ofThatDay, latest })
  return overtaking
    ? [questionOf(one, 'reading.changed_meanwhile', overtaking.reading, factor), ...asked]
    : asked
}

function questionOf(
  { residual, incoming, latest, known, later: readings }: Draft,
  code: string,
  beside: Reading | undefined,
  factor: number,
): Question {
  const from = { from: beside?.count ?? '', fromQualifier: beside?.qualifier ?? '' }
  const reading = { reading: beside?.id ?? 0, day: beside?.day ?? '', by: beside?.recordedBy ?? '' }
  const to = { to: incoming.count, toQualifier: incoming.qualifier, toDay: incoming.day }
  const isLater = latest !== undefined && latest.day > incoming.day
  const later: Record<string, string | number> = isLater
    ? { later: latest.count, laterQualifier: latest.qualifier, laterDay: latest.day }
    : { laterDay: '' }
  const risen = code === 'reading.next_rises' ? laterRise(incoming, known) : null
  const next = readings.find(({ day }) => day === risen?.day)
  const after: Record<string, string | number> = next
    ? { next: next.count, nextQualifier: next.qualifier, nextDay: next.day }
    : {}
  const about = (next ?? beside)?.id ?? 0
  return {
    path: `counts.${residual.id}.count`,
    code,
    values: { ...from, ...to, ...reading, ...later, ...after, factor },
    // The answer names the reading it was given for: a newer one in between asks again.
    answer: `${code}:${residual.id}:${about}:${incoming.count}:${incoming.qualifier}`,
  }
}
