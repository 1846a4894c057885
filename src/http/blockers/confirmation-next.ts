import type { Judgement } from '../../domain/shutdown/judge.ts'
import { listLiveConsumers } from '../../domain/shutdown/uses-of-service.ts'
import { servicePath } from '../addresses.ts'
import type { Translate } from '../languages.ts'
import type { NextStep } from './blocker-telling.ts'

/** Nobody confirms that no one calls what is called: first whoever calls it is looked at. */
export function nextToConfirm(t: Translate, judgement: Judgement, service: string): NextStep {
  const path = servicePath(service)
  return listLiveConsumers(judgement, service).length > 0
    ? { text: t('blocker.next.seeConsumers'), href: `${path}#consumers` }
    : { text: t('blocker.next.confirmNoConsumers'), href: `${path}/no-consumers` }
}
