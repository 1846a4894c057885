import { isOn, isResolvable, isSystem, isUse } from '../domain/shutdown/change-names.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { type Change, isOffAlready } from '../domain/shutdown/what-if.ts'

/** One thing to try, as the address names it: `resolve`, `system`, `drop` or `off`, and a text. */
export const PARAMETERS = ['resolve', 'system', 'drop', 'off'] as const
export type Parameter = (typeof PARAMETERS)[number]
export type Wish = { parameter: Parameter; value: string }

/** What the address asks for, each once and in its order. */
export function wishesIn(query: Readonly<Record<string, unknown>>): Wish[] {
  return PARAMETERS.flatMap(parameter => textsIn(query[parameter]).map(value => ({ parameter, value })))
}

/** A pair as one text. Ids may hold anything, so what would be read as the sign between them is written as %3E. */
export function pairText(consumer: string, provider: string): string {
  return [consumer, provider].map(id => id.replaceAll('%', '%25').replaceAll('>', '%3E')).join('>')
}

/** Null when the text is no pair. Typed by hand it may have blanks around the sign. */
export function pairIn(text: string): [consumer: string, provider: string] | null {
  const ends = text.split('>').map(end => end.trim().replaceAll('%3E', '>').replaceAll('%25', '%'))
  const [consumer, provider] = ends
  return ends.length === 2 && consumer && provider ? [consumer, provider] : null
}

/** A wish that cannot be tried, and why: nothing of its kind is called so, or it is off as it is. */
export type LeftOut = Wish & { why: Parameter | 'is_off' }

/** Wishes as a change, and those that are left out of it. */
export function changeOf(
  judgement: Judgement,
  wishes: readonly Wish[],
): { change: Change; known: Wish[]; leftOut: LeftOut[] } {
  const known = wishes.filter(wish => isKnown(judgement, wish))
  const leftOut = wishes
    .filter(wish => !known.includes(wish))
    .map(wish => ({ ...wish, why: whyLeftOut(judgement, wish) }))
  const of = (parameter: Parameter) =>
    known.filter(wish => wish.parameter === parameter).map(wish => wish.value)
  const change: Change = {
    resolve: of('resolve'),
    systems: of('system'),
    dropEdges: of('drop').map(value => pairIn(value)!),
    off: of('off'),
  }
  return { change, known, leftOut }
}

function whyLeftOut(judgement: Judgement, { parameter, value }: Wish): LeftOut['why'] {
  return parameter === 'off' && isOffAlready(judgement, value) ? 'is_off' : parameter
}

function isKnown(judgement: Judgement, { parameter, value }: Wish): boolean {
  if (parameter === 'resolve') return isResolvable(judgement, value)
  if (parameter === 'system') return isSystem(judgement, value)
  if (parameter === 'off') return isOn(judgement, value)
  const pair = pairIn(value)
  return pair !== null && isUse(judgement, pair)
}

function textsIn(given: unknown): string[] {
  const texts = (Array.isArray(given) ? given : [given]).filter(text => typeof text === 'string')
  return [...new Set(texts.map(text => text.trim()).filter(text => text !== ''))]
}
