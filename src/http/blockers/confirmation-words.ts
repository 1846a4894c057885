import type { Day } from '../../domain/calendar.ts'
import type { Reopening } from '../../store/reopenings.ts'
import type { Translate } from '../languages.ts'

type Contradicted = { service: string; confirmedOn: Day | null; usedOn: Day | null }

/** That a use came on record, or was seen, after the day on which it was confirmed that there is none. */
export function sayContradicted(t: Translate, { service, confirmedOn, usedOn }: Contradicted): string {
  const how = confirmedOn ? 'contradicted' : 'undated'
  return t(`blocker.confirmation.${how}`, { service, confirmed: confirmedOn, used: usedOn })
}

/** Why a confirmation that nobody calls a service does not stand any more: by which use, also of what is off. */
export function sayReopened(t: Translate, service: string, reopening: Reopening | undefined): string {
  if (!reopening?.why) return t('blocker.confirmation.reopened', { service })
  const { why, use } = reopening
  if (!use) return t('blocker.confirmation.openedAgain', { service, reason: why })
  const { consumer, withdrawnOn } = use
  if (withdrawnOn)
    return t('blocker.confirmation.reopenedByWithdrawn', { service, use: why, day: withdrawnOn })
  if (consumer?.state !== 'off') return t('blocker.confirmation.reopenedBy', { service, use: why })
  const how = consumer.offSince ? 'reopenedByOff' : 'reopenedByOffUndated'
  const values = { service, use: why, consumer: consumer.key, day: consumer.offSince }
  return t(`blocker.confirmation.${how}`, values)
}
