import type { RankedBlocker } from '../../domain/shutdown/acceleration.ts'
import { whatIfPath } from '../../http/addresses.ts'
import { sayNumber } from '../../http/words.ts'
import { moneyOfServices } from '../services/money-of-services.ts'
import type { Visit } from '../visit.ts'

/** How it is said what ending a blocker is worth: in money, in services, and where to try it out. */
export async function sayingWorth(visit: Visit) {
  const { t, language } = visit
  const money = await moneyOfServices(visit)
  const services = (count: number) => ({ count, number: sayNumber(language, count) })
  return ({ id, acceleration, accelerationKnown, servicesMoved, unlock }: RankedBlocker) => ({
    acceleration: money.amount({ cost: acceleration, known: accelerationKnown }),
    moved: t('shutdown.moved', services(servicesMoved)),
    unlock: money.amount(unlock),
    unlocked: t('shutdown.unlocked', services(unlock.services.length)),
    whatIf: whatIfPath([{ parameter: 'resolve', value: id }]),
  })
}
