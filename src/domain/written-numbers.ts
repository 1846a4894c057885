import { type Count, MOST_COUNT, type Unit } from './vocabulary.ts'

/** Numbers as people and spreadsheets write them; what is none is told by its kind, never guessed. */

export const NEGATIVE = /^[-−–]\s*\d/
export const GROUPED = /^\d{1,3}([,，'\s]\d{3})+(\.\d+)?$/
export const SCIENTIFIC = /^\d+(\.\d+)?e[+-]?\d+$/i

/** A count, and of what where that was written behind it. */
export type WrittenCount = Count & { unit?: Unit }

/** Why a text is no count. */
export type NoCount = 'negative' | 'grouped' | 'fraction' | 'scientific' | 'too_large' | 'unreadable'

const SIGN = '>=|≥|至少|at least|~|≈|约|about|\\*'
const ABOUT = ['~', '≈', '约', 'about', '*']
const UNIT = '单|账?户|[个项张份]?(?:功能|任务|报表)|[个项张份]|(?:order|account|function|job|report)s?'
const UNITS: readonly [RegExp, Unit][] = [
  [/单|order/i, 'order'],
  [/户|account/i, 'account'],
  [/功能|function/i, 'function'],
  [/任务|job/i, 'job'],
  [/报表|report/i, 'report'],
]
/** Three zeros behind a point are a thousand in some places, so `3.000` is not read. */
const COUNT = new RegExp(`^(${SIGN})? ?(\\d+)(?:\\.00?)? ?(${UNIT})? ?(\\+)? ?(${UNIT})?$`, 'i')
const BEFORE = new RegExp(`^(${SIGN}) ?`, 'i')
const BEHIND = new RegExp(` ?(?:${UNIT})? ?\\+? ?(?:${UNIT})?$`, 'i')

/**
 * A count and how exact it is, the same for forms, scripts and files: `3000`, `３０００`, a spreadsheet's `3000.0`,
 * `3000+`, `>=3000`, `至少3000` or `at least 3000`, `~3000`, `约3000`, `about 3000` or, from the keypad of a phone, `*3000`;
 * with or without what is counted, which is told where it was written. Gives why where it is none: grouped (`3,000`), negative, a fraction, scientific (`1e3`), too large.
 */
export function readWrittenCount(text: string): WrittenCount | NoCount {
  const plain = halfWidth(text).replace(/\s+/g, ' ')
  const parts = COUNT.exec(plain)
  if (!parts) return whyNoCount(plain)
  const [, before = '', digits = '', first = '', after = '', last = ''] = parts
  const count = Number(digits)
  if (count > MOST_COUNT) return 'too_large'
  const isAbout = ABOUT.includes(before.toLowerCase())
  if (isAbout && after) return 'unreadable'
  const unit = UNITS.find(([word]) => word.test(first + last))?.[1]
  return {
    count,
    qualifier: isAbout ? 'about' : before || after ? 'at_least' : 'exact',
    ...(unit && { unit }),
  }
}

function whyNoCount(text: string): NoCount {
  if (NEGATIVE.test(text)) return 'negative'
  if (GROUPED.test(bare(text))) return 'grouped'
  if (/^\d+[.。]\d+$/.test(text)) return 'fraction'
  return SCIENTIFIC.test(text) ? 'scientific' : 'unreadable'
}

/** Without what says how exact it is, or what is counted. */
function bare(text: string): string {
  return text.replace(BEFORE, '').replace(BEHIND, '')
}

/** Full-width digits and signs, as Chinese input methods type them, become plain ones. */
export function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim()
}
