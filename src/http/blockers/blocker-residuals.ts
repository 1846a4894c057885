import type { OpenInUnit } from '../../domain/open-orders.ts'
import type { SystemState } from '../../store/systems.ts'
import { systemPath } from '../addresses.ts'
import type { Language, Translate } from '../languages.ts'
import { closedUp, sayName, sayNumber, sayOpenNumber } from '../words.ts'
import type { Said, Telling } from './blocker-telling.ts'

/** What a system still has open, or has never been counted. */
export function sayResidual({ t, language, details }: Telling, key: string): Said {
  const system = details.systems.get(key)
  const href = `${systemPath(key)}#residuals`
  if (!system) return { text: key, owner: null, next: { text: t('blocker.next.open'), href } }
  const isCounted = system.uncountedCount === 0 && system.residualCount > 0
  const step =
    system.residualCount === 0 ? 'addResidual' : isCounted && system.openTotal > 0 ? 'update' : 'count'
  return {
    text: t('blocker.residual.sentence', {
      system: sayName(language, system),
      open: sayWhatIsOpen(t, language, system),
    }),
    owner: system.owner,
    next: { text: t(`blocker.next.${step}`), href },
  }
}

function sayWhatIsOpen(t: Translate, language: Language, system: SystemState): string {
  const { residualCount, closedCount, uncountedCount } = system
  if (residualCount === 0) return t(closedCount > 0 ? 'blocker.residual.allClosed' : 'blocker.residual.none')
  const isAllZero = system.openByUnit.every(({ counted, atLeast }) => counted + atLeast === 0)
  if (isAllZero && uncountedCount === 0) return t('blocker.residual.notExact')
  const open = system.openByUnit.flatMap(unit => sayOpenUnit(t, language, unit))
  const values = { uncounted: sayNumber(language, uncountedCount), all: sayNumber(language, residualCount) }
  if (open.length === 0) {
    const isNone = uncountedCount === residualCount
    return t(isNone ? 'blocker.residual.noneCounted' : 'blocker.residual.uncounted', {
      ...values,
      count: residualCount,
    })
  }
  const said = t(uncountedCount > 0 ? 'blocker.residual.stillAnd' : 'blocker.residual.still', {
    ...values,
    open: open.join(t('open.and')),
  })
  return closedUp(said)
}

/** "At least 0" and "about 0" are no zero, so they are said beside what is open or was never counted. */
function sayOpenUnit(t: Translate, language: Language, open: OpenInUnit): string[] {
  const count = open.counted + open.atLeast
  const number = count + open.bounds + open.abouts > 0 ? sayOpenNumber(t, language, open) : null
  return number === null ? [] : [t(`blocker.open.${open.unit}`, { number, count })]
}
