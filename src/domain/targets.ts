import type { Day } from './calendar.ts'
import type { Status } from './vocabulary.ts'

type Aimed = { status: Status; statusOn: Day | null; targetOn: Day | null }

/** Whether a target day went by before the system was retired. Of one that is to stay, or was retired on a day that nobody knows, it is not said. */
export function isTargetMissed({ status, statusOn, targetOn }: Aimed, today: Day): boolean {
  if (targetOn === null || status === 'cancelled') return false
  if (status === 'retired') return statusOn !== null && targetOn < statusOn
  return targetOn < today
}
