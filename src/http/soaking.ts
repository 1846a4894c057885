import type { Judgement } from '../domain/shutdown/judge.ts'
import { type Soaking, soakingsOf } from '../domain/shutdown/soaking.ts'
import { type Asking, judgedFor } from './judged.ts'
import type { Translate } from './languages.ts'

/** While no day has moved, a judgement carries its plan on. */
const known = new WeakMap<Judgement['planned'], Map<string, Soaking>>()

/** Which services can go by the rules while what went before them is still being watched. */
export async function soakingsFor(asking: Asking): Promise<ReadonlyMap<string, Soaking>> {
  const { judgement } = await judgedFor(asking)
  const soakings = known.get(judgement.planned) ?? soakingsOf(judgement)
  known.set(judgement.planned, soakings)
  return soakings
}

const NAMED = 5

/** The whole sentence, for the page of a service and before it is switched off. */
export function saySoaking(t: Translate, soaking: Soaking | undefined, soakDays: number): string | null {
  if (!soaking) return null
  const { consumers, until } = soaking
  const more = consumers.length - NAMED
  const named = consumers.slice(0, NAMED).join(t('service.headline.comma'))
  const values = { named, more, until, count: soakDays }
  return t(more > 0 ? 'soak.sentenceMore' : 'soak.sentence', values)
}

/** Beside a day in a table. */
export function saySoakingShortly(t: Translate, soaking: Soaking | undefined): string | null {
  return soaking ? t('soak.short', { day: soaking.until }) : null
}
