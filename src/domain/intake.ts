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

/** From a day to another one, the second not included. */
export type Stretch = { from: Day; to: Day }

/** When a system was draining, oldest first, up to today: neither a hold nor a retirement belongs to it, nor what has an end that nobody knows. */
export function drainingStretches(course: readonly Standing[], today: Day): Stretch[] {
  return course.flatMap(({ status, on: from }, index) => {
    const next = course[index + 1]
    const to = next ? next.on : today
    return status === 'draining' && from && to && from < to ? [{ from, to }] : []
  })
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
