import type { Day } from '../domain/calendar.ts'
import type { Problem } from '../domain/problem.ts'
import { InputRefused } from './refusal.ts'

/** What was typed as a day may be on the wrong side of another one. A day left empty is on neither. */

/** What has happened cannot have happened after today. */
export function refuseFuture(path: string, day: Day | null, today: Day): void {
  refuse(futureProblems(path, day, today))
}

/** What is to come comes after today. */
export function refusePast(path: string, day: Day | null, today: Day): void {
  refuse(pastProblems(path, day, today))
}

/** Nothing of a trial lies before its start. */
export function refuseBefore(path: string, day: Day, since: Day): void {
  if (day < since) refuse([{ path, code: 'trial.before_start', values: { day, since } }])
}

export function futureProblems(path: string, day: Day | null, today: Day): Problem[] {
  return day && day > today ? [{ path, code: 'day.future', values: { day, today } }] : []
}

export function pastProblems(path: string, day: Day | null, today: Day): Problem[] {
  return day && day <= today ? [{ path, code: 'day.not_future', values: { day, today } }] : []
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InputRefused(problems)
}
