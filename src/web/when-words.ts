import type { When } from '../domain/shutdown/moments.ts'
import type { Translate } from '../http/languages.ts'

/** A date in a table: the day, or that nobody knows it, or never. */
export type SaidMoment = { text: string; isUnknown: boolean }

export function sayMoment(t: Translate, when: When | null): SaidMoment {
  const isUnknown = when === null || when === 'unknown' || when === 'never'
  return { text: isUnknown ? t(`when.${when ?? 'unknown'}`) : when, isUnknown }
}
