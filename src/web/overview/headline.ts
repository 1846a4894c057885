import type { OpenInUnit } from '../../domain/open-orders.ts'
import type { Savings, ServiceSavings } from '../../domain/savings.ts'
import { sayInUnit, sayMonthly, sayNumber } from '../../http/words.ts'
import type { Estate } from '../../store/estate.ts'
import type { Visit } from '../visit.ts'
import { placeOfKind } from './attention-line.ts'

/** The sentence that a manager reads first: computed, in words, with every unknown named. */
export function headline(visit: Visit, estate: Estate, ready: number): string {
  const { t, language } = visit
  if (estate.systems === 0) return t('overview.noSystems')
  const staying = estate.byStatus.get('cancelled') ?? 0
  const over = (estate.byStatus.get('retired') ?? 0) + staying
  const uncounted = estate.openToGo.reduce((sum, open) => sum + open.uncounted, 0)
  const sentences = [
    t('overview.running', { count: estate.systems, running: estate.systems - over, systems: estate.systems }),
    ...(staying > 0 ? [t('overview.staying', { count: staying, number: sayNumber(language, staying) })] : []),
    openSentence(visit, estate.openToGo, uncounted),
    t('overview.ready', { count: ready, number: sayNumber(language, ready) }),
  ]
  return sentences.join(language === 'zh' ? '' : ' ')
}

function openSentence({ t, language }: Visit, open: readonly OpenInUnit[], uncounted: number): string {
  const counted = open.filter(isCounted).map(one => sayUnit(t, one, sayCounted(one)))
  const isOneUnit = counted.length === 1
  const more = counted.length > 0 ? 'more' : 'alone'
  const parts = [
    ...(counted.length > 0 ? [t('overview.counted', { counted: counted.join(t('overview.list')) })] : []),
    ...open.filter(one => one.bounds > 0).map(sayBound),
    ...(uncounted > 0
      ? [t('overview.uncounted', { count: uncounted, number: sayNumber(language, uncounted) })]
      : []),
  ]
  return parts.length > 0
    ? sentence(t('overview.open', { parts: parts.join(t('overview.comma')) }))
    : t('overview.nothingOpen')

  function sayCounted(one: OpenInUnit) {
    const number = sayNumber(language, one.counted)
    return one.abouts > 0 ? t('count.about', { number }) : number
  }

  /** "At least 0" says nothing of how many there are. */
  function sayBound(one: OpenInUnit) {
    const isSameUnit = isOneUnit && isCounted(one)
    if (one.atLeast > 0) return t(`overview.bound.${more}`, { number: sayAtLeast(one, isSameUnit) })
    return t(`overview.unknownNumber.${isSameUnit ? 'same' : more}`, { unit: t(`unit.${one.unit}`) })
  }

  /** English says the unit once, beside the exact count, where there is no other unit to take it for. */
  function sayAtLeast(one: OpenInUnit, isSameUnit: boolean) {
    const number = sayNumber(language, one.atLeast)
    return language === 'en' && isSameUnit ? number : sayInUnit(t, one.unit, number, one.atLeast)
  }
}

/** "About 0" is a count, and no zero. */
function isCounted({ counted, abouts }: OpenInUnit): boolean {
  return counted > 0 || abouts > 0
}

/** "1,117 open orders": of orders the headline says that they are open, whatever else is counted beside them. */
function sayUnit(t: Visit['t'], { unit, counted }: OpenInUnit, number: string): string {
  return unit === 'order'
    ? t('overview.openOrders', { count: counted, number })
    : sayInUnit(t, unit, number, counted)
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type MoneyLine = { label: string; value: string; isAlarm: boolean; href?: string; hint?: string }

/** What is saved, what is still paid for nothing, and what could be saved, each with its unknowns. */
export function moneyLines({ t, language }: Visit, savings: Savings): MoneyLine[] {
  const say = (amounts: Savings['realised']) => sayMonthly(t, language, amounts)
  const lines: MoneyLine[] = []
  if (savings.realised.length > 0)
    lines.push({
      label: t('overview.realised'),
      value: say(savings.realised),
      isAlarm: false,
      hint: t('costs.realisedHint'),
    })
  if (savings.leakage.length > 0)
    lines.push({
      label: t('overview.leakage'),
      value: say(savings.leakage),
      isAlarm: true,
      href: placeOfKind('paid_after_retirement'),
    })
  const wasExpected = sayExpected(savings.expectedOfRetired)
  if (wasExpected)
    lines.push({
      label: t('costs.wasExpected'),
      value: wasExpected,
      isAlarm: false,
      hint: t('costs.wasExpectedHint'),
    })
  const expected = sayExpected(savings.expected)
  if (expected) lines.push({ label: t('overview.expected'), value: expected, isAlarm: false })
  const { incompleteCosts: count } = savings
  const isKnown = savings.projected.length > 0
  const known = isKnown ? sayProjected(say(savings.projected)) : null
  const unknown =
    count > 0 ? t('overview.incompleteCosts', { count, number: sayNumber(language, count) }) : null
  const projected = [known, unknown].filter(part => part !== null).join(t('open.separator'))
  if (projected) lines.push({ label: t('overview.projected'), value: projected, isAlarm: false })
  return lines

  /** Money and people are never added to one another. */
  function sayExpected({ money, personMonths: count }: Savings['expected']): string {
    const people = t('costs.personMonths', { count, number: sayNumber(language, count) })
    return [...(money.length > 0 ? [say(money)] : []), ...(count > 0 ? [people] : [])].join(t('open.and'))
  }

  /** A cost of which a kind is missing is no whole cost. */
  function sayProjected(cost: string): string {
    return count > 0 ? t('overview.knownCost', { cost }) : cost
  }
}

/** The same of services that are off, apart from what their systems come to. */
export function moneyOfOffLines({ t, language }: Visit, { realised, leakage }: ServiceSavings): MoneyLine[] {
  const lines: MoneyLine[] = []
  if (realised.length > 0)
    lines.push({
      label: t('serviceSavings.realised'),
      value: sayMonthly(t, language, realised),
      isAlarm: false,
      hint: t('serviceSavings.apart'),
    })
  if (leakage.length > 0)
    lines.push({
      label: t('serviceSavings.leakage'),
      value: sayMonthly(t, language, leakage),
      isAlarm: false,
      href: placeOfKind('paid_after_shutdown'),
    })
  return lines
}
