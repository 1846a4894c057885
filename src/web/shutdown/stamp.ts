import { RULES_VERSION } from '../../domain/shutdown/judge.ts'
import { inputHashFor, judgedFor } from '../../http/judged.ts'
import type { Visit } from '../visit.ts'

/** What a verdict was given on, so that it can be given again: the day, the rules, and the input by its hash. */
export type Stamp = { text: string; check: string; hash: string; short: string; href: string }

/** Part of every page that says a verdict. The exported landscape has the same hash and gets the same answers. */
export async function stampOf(visit: Visit): Promise<Stamp> {
  const hash = await inputHashFor(visit)
  const [currency, ...others] = (await judgedFor(visit)).currencies
  const { t, today } = visit
  return {
    text: t('stamp.text', { day: today, rules: RULES_VERSION }),
    check: t(others.length > 0 ? 'stamp.checkIn' : 'stamp.check', {
      currency,
      others: others.join(t('rests.comma')),
    }),
    hash,
    short: hash.slice(0, 12),
    href: '/shutdown/export.json',
  }
}
