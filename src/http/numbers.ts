import type { Language } from './languages.ts'

/** How numbers are written. By hand, because the first `Intl.NumberFormat` takes 15 to 50 ms of the first page. */

/** "1,234.5", with three decimals at most. */
export function grouped(language: Language, number: number): string {
  const [whole = '', decimals] = String(Math.round(number * 1000) / 1000).split('.')
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, SEPARATORS[language])
  return decimals ? `${groups}.${decimals}` : groups
}

/** "1.2万", "12K": for an axis, with one decimal at most. */
export function shortened(language: Language, number: number): string {
  const scale = SCALES[language].find(({ from }) => Math.abs(number) >= from)
  return scale ? `${Math.round((number / scale.from) * 10) / 10}${scale.sign}` : grouped(language, number)
}

const SEPARATORS: Record<Language, string> = { zh: ',', en: ',' }

const SCALES = {
  zh: [
    { from: 1e8, sign: '亿' },
    { from: 1e4, sign: '万' },
  ],
  en: [
    { from: 1e9, sign: 'B' },
    { from: 1e6, sign: 'M' },
    { from: 1e3, sign: 'K' },
  ],
}
