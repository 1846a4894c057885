import { type Day, daysBetween } from '../domain/calendar.ts'
import { type Money, withoutZeros } from '../domain/money.ts'
import type { CostOfMonth } from '../domain/monthly-cost.ts'
import type { OpenInUnit } from '../domain/open-orders.ts'
import type { Count, Unit } from '../domain/vocabulary.ts'
import type { Language, Translate } from './languages.ts'
import { grouped } from './numbers.ts'

/** How pages say numbers, counts, money and names: once for all of them. */

export function sayNumber(language: Language, number: number): string {
  return grouped(language, number)
}

/** "3,000", "at least 3,000", "about 3,000", or "never counted". */
export function sayCount(t: Translate, language: Language, count: Count | null): string {
  if (!count) return t('count.unknown')
  return t(`count.${count.qualifier}`, { number: sayNumber(language, count.count) })
}

/** That no residual is open, and whether any ever was; null where some are. */
export function sayNothing(
  t: Translate,
  { residualCount, closedCount }: { residualCount: number; closedCount: number },
): string | null {
  if (residualCount > 0) return null
  return t(closedCount > 0 ? 'open.allClosed' : 'open.nothing')
}

/** What is open of one unit: "1,117 orders + at least 3,000; 4 not counted". */
export function sayOpen(t: Translate, language: Language, open: OpenInUnit): string {
  const number = sayOpenNumber(t, language, open)
  const isOne = open.counted === 1 && open.bounds === 0
  const counted = number === null ? null : sayInUnit(t, open.unit, number, isOne ? 1 : 2)
  // Beside a count its unit is said already; alone, what was never counted says of what.
  const uncounted =
    open.uncounted > 0
      ? t(counted ? 'open.uncounted' : 'open.uncountedOf', {
          number: sayNumber(language, open.uncounted),
          unit: t(`unit.${open.unit}`),
        })
      : null
  return [counted, uncounted].filter(part => part !== null).join(t('open.separator'))
}

/** "1 order", "3,000 orders": `count` says only whether it is one or many. */
export function sayInUnit(t: Translate, unit: Unit, number: string, count: number): string {
  return t(`open.${unit}`, { number, count })
}

/** "1,117 + at least 3,000"; null where nothing was counted. "At least 0" beside 418 makes of it "at least 418". */
export function sayOpenNumber(t: Translate, language: Language, open: OpenInUnit): string | null {
  if (open.bounds > 0 && open.atLeast === 0) return sayUnbounded(t, language, open)
  const parts: string[] = []
  const isCounted = open.counted > 0 || (open.bounds === 0 && open.uncounted === 0)
  if (isCounted)
    parts.push(
      t(open.abouts > 0 ? 'count.about' : 'count.exact', { number: sayNumber(language, open.counted) }),
    )
  if (open.bounds > 0) parts.push(t('count.at_least', { number: sayNumber(language, open.atLeast) }))
  return parts.length > 0 ? parts.join(t('open.and')) : null
}

function sayUnbounded(t: Translate, language: Language, { counted, abouts }: OpenInUnit): string {
  if (counted === 0 && abouts === 0) return t('open.unknownNumber')
  return t(abouts > 0 ? 'count.at_least_about' : 'count.at_least', { number: sayNumber(language, counted) })
}

/** "90,000 CNY/month"; several currencies stand beside each other, of which nothing is left out where another has some. */
export function sayMonthly(t: Translate, language: Language, amounts: readonly Money[]): string {
  if (amounts.length === 0) return t('money.unknown')
  return withoutZeros(amounts)
    .map(({ fen, currency }) => t('money.monthly', { amount: sayFen(language, fen), currency }))
    .join(' + ')
}

/** "at least 90,000 CNY/month" where a kind of cost is missing, so that what is known is a part of it; or unknown. */
export function sayCost(t: Translate, language: Language, { known, missing }: CostOfMonth): string {
  const number = sayMonthly(t, language, known)
  if (known.length === 0 || missing.length === 0) return number
  return t(known.every(({ fen }) => fen === 0) ? 'money.zeroAndUnknown' : 'count.at_least', { number })
}

/** "8,106 CNY": an amount that is not paid every month. */
export function sayAmount(language: Language, { fen, currency }: Money): string {
  return `${sayFen(language, fen)} ${currency}`.trim()
}

/** "123", "123.50": whole, or with both of its decimals. */
function sayFen(language: Language, fen: number): string {
  const [whole = '', rest] = grouped(language, fen / 100).split('.')
  return rest ? `${whole}.${rest.padEnd(2, '0')}` : whole
}

/** The name in the register, with its English name beside it on English pages unless that begins with it. */
export function sayName(
  language: Language,
  { name, nameEn }: { name: string; nameEn?: string | null },
): string {
  if (language !== 'en' || !nameEn) return name
  return nameEn.startsWith(name) ? nameEn : `${name} · ${nameEn}`
}

/** "3 days ago", "yesterday", "today". */
export function sayAge(t: Translate, language: Language, day: Day, today: Day): string {
  const days = daysBetween(day, today)
  if (days === 1) return t('age.yesterday')
  return days > 1 ? t('age.days', { days: sayNumber(language, days) }) : t('age.today')
}

/** What people wrote stays as it is; on an English page it is told apart where it is Chinese. */
export function asWritten(language: Language, text: string): { text: string; lang: 'zh-CN' | null } {
  return { text, lang: language === 'en' && /\p{Script=Han}/u.test(text) ? 'zh-CN' : null }
}

/** Sentences one behind the other: between Chinese ones stands no space. */
export function inOneLine(language: Language, sentences: readonly string[]): string {
  return sentences.join(language === 'zh' ? '' : ' ')
}

/** Without the space that a number or a foreign word would have had, where Chinese stands on both sides. */
export function closedUp(text: string): string {
  return text.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
}
