import type { Day } from './calendar.ts'

/** Where a use comes from that a complaint of a trial gave away, as it is stored: for readers of both languages. */
export function trialSource(startedOn: Day): string {
  return `试停 trial shutdown ${startedOn}`
}

/** The day on which the trial began that a use comes from; null where it comes from elsewhere. */
export function trialInSource(source: string | null): Day | null {
  return source?.match(/^试停 trial shutdown (\d{4}-\d\d-\d\d)$/)?.[1] ?? null
}
