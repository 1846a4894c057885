import type { Day } from './calendar.ts'
import type { Status } from './vocabulary.ts'

/** How a system stood, and since when; `on` is null where nobody knows the day. */
export type Standing = { status: Status; on: Day | null }

/** That a system takes no new work, and since when; `since` is null where nobody knows the day. */
export type ClosedIntake = { since: Day | null }

/**
 * Since when a system takes no new work, from all its standings, oldest first; null while it does, or may. A hold
 * leaves the intake as it was, and neither retiring nor a reopening lets new work in: only a status between them does
 * in which the intake is open.
 */
export function closedIntake(course: readonly Standing[]): ClosedIntake | null {
  return course.reduce<ClosedIntake | null>((closed, { status, on }) => {
    if (status === 'on_hold') return closed
    return isClosing(status) ? (closed ?? { since: on }) : null
  }, null)
}

/** How a system stood on a day, from all its standings, oldest first: before the first of them nobody knows otherwise than by that one. */
export function standingOn(course: readonly Standing[], day: Day): Standing | undefined {
  return course.findLast(({ on }) => on === null || on <= day) ?? course[0]
}

/** Whether a day lies after the one on which the intake was closed; where nobody knows that one, every day does. */
export function isAfterIntake(day: Day, { since }: ClosedIntake): boolean {
  return since === null || day > since
}

function isClosing(status: Status): boolean {
  return status === 'draining' || status === 'retired'
}
