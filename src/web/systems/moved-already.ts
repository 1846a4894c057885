import { pageWith, systemPath } from '../../http/addresses.ts'
import type { SystemState } from '../../store/systems.ts'
import type { Instead } from '../form.ts'
import { bodyOf, type Visit } from '../visit.ts'
import { textInAddress, wayToExtend } from './hold-form.ts'

/** Somebody was faster: a system on hold may still be left so until another day, and any may move on from there. */
export function insteadOfMove(visit: Visit, system: SystemState): Instead {
  const { t, request } = visit
  const typed = bodyOf(request)
  const reason = textInAddress(typed.reason)
  const moveOn = {
    text: t('system.moveElsewhere'),
    href: pageWith(`${systemPath(system.key)}/status`, { reason }),
  }
  const extend = system.status === 'on_hold' ? [wayToExtend(visit, system, typed)] : []
  return { text: t('system.isThere', { status: t(`status.${system.status}`) }), ways: [...extend, moveOn] }
}
