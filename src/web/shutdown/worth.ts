import type { RankedBlocker } from '../../domain/shutdown/acceleration.ts'
import { whatIfPath } from '../../http/addresses.ts'
import { sayNumber } from '../../http/words.ts'
import type { CostsBeside } from '../../store/landscape-rows.ts'
import { moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'

/** How it is said what ending a blocker is worth: in money, in services, and where to try it out. */
export function sayingWorth(visit: Visit, facts: CostsBeside) {
  const { t, language } = visit
  const money = moneyOfServices(visit, facts)
  const services = (count: number) => ({ count, number: sayNumber(language, count) })
  return ({ id, acceleration, accelerationKnown, servicesMoved, unlock }: RankedBlocker) => ({
    acceleration: money.amount({ cost: acceleration, ...accelerationKnown }),
    moved: t('shutdown.moved', services(servicesMoved)),
    unlock: money.amount(unlock),
    unlocked: t('shutdown.unlocked', services(unlock.services.length)),
    whatIf: whatIfPath([{ parameter: 'resolve', value: id }]),
  })
}
