import { type Count, MOST_COUNT } from './vocabulary.ts'

/** Numbers as people and spreadsheets write them; what is none is told by its kind, never guessed. */

export const NEGATIVE = /^[-−–]\s*\d/
export const GROUPED = /^\d{1,3}([,，'\s]\d{3})+(\.\d+)?$/
export const SCIENTIFIC = /^\d+(\.\d+)?e[+-]?\d+$/i

/** Why a text is no count. */
export type NoCount = 'negative' | 'grouped' | 'fraction' | 'scientific' | 'too_large' | 'unreadable'

/** Three zeros behind a point are a thousand in some places, so `3.000` is not read. */
const COUNT = /^(>=|≥|至少|~|≈|约|\*)? ?(\d+)(?:\.00?)? ?单? ?(\+)? ?单?$/

/**
 * A count and how exact it is, the same for forms, scripts and files: `3000`, `３０００`, a spreadsheet's `3000.0`,
 * `3000+`, `>=3000` or `至少3000` (at least), `~3000`, `约3000` or, from the keypad of a phone, `*3000` (about); with or
 * without `单`. Gives why where it is none: grouped (`3,000`), negative, a fraction, scientific (`1e3`), too large.
 */
export function readWrittenCount(text: string): Count | NoCount {
  const plain = halfWidth(text).replace(/\s+/g, ' ')
  const parts = COUNT.exec(plain)
  if (!parts) return whyNoCount(plain)
  const [, before = '', digits = '', after = ''] = parts
  const count = Number(digits)
  if (count > MOST_COUNT) return 'too_large'
  const isAbout = ['~', '≈', '约', '*'].includes(before)
  if (isAbout && after) return 'unreadable'
  return { count, qualifier: isAbout ? 'about' : before || after ? 'at_least' : 'exact' }
}

function whyNoCount(text: string): NoCount {
  if (NEGATIVE.test(text)) return 'negative'
  if (GROUPED.test(bare(text))) return 'grouped'
  if (/^\d+[.。]\d+$/.test(text)) return 'fraction'
  return SCIENTIFIC.test(text) ? 'scientific' : 'unreadable'
}

/** Without what says how exact it is, or what is counted. */
function bare(text: string): string {
  return text.replace(/^(>=|≥|至少|~|≈|约|\*) ?/, '').replace(/ ?单? ?\+? ?单?$/, '')
}

/** Full-width digits and signs, as Chinese input methods type them, become plain ones. */
export function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ')
    .trim()
}
