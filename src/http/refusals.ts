import { ChangedMeanwhile, InputRefused, NeedsConfirmation, NotFound } from '../actions/refusal.ts'
import type { Problem } from '../domain/problem.ts'
import type { Count, Qualifier, Unit } from '../domain/vocabulary.ts'
import type { Language, Translate } from './languages.ts'
import { grouped } from './numbers.ts'
import { sayAmount, sayCount, sayInUnit, sayName } from './words.ts'

/** A refused action in words, for a page or for a machine. */
export function sayProblem(t: Translate, language: Language, { code, values }: Problem): string {
  return t(`problem.${code}`, sayValues(t, language, values))
}

/** Values that are codes of the register are said in words. */
function sayValues(t: Translate, language: Language, values: Problem['values']): Record<string, unknown> {
  const said: Record<string, unknown> = { ...values }
  for (const name of ['from', 'to', 'next'])
    if (`${name}Qualifier` in said) said[name] = sayCount(t, language, countIn(said, name))
    else if (typeof said[name] === 'string' && said[name] !== '') said[name] = t(`status.${said[name]}`)
  if (typeof said.gate === 'string') said.gate = t(`gate.${said.gate}`)
  if (typeof said.typedReason === 'string') said.typedReason = t(`reason.${said.typedReason}`)
  for (const name of ['typedUnit', 'ownUnit'])
    if (typeof said[name] === 'string') said[name] = t(`unit.${said[name]}`)
  for (const name of ['place', 'name'])
    if (`${name}En` in said)
      said[name] = sayName(language, { name: String(said[name]), nameEn: String(said[`${name}En`]) })
  for (const name of ['known', 'typed'])
    if (`${name}Fen` in said)
      said[name] = sayAmount(language, {
        fen: Number(said[`${name}Fen`]),
        currency: String(said[`${name}Currency`]),
      })
  // Plural forms ask for the number itself, so the count with its qualifier has a name of its own.
  if (said.qualifier) said.counted = sayCounted(t, language, said)
  for (const name of ['services', 'consumers', 'retiredOn'])
    if (typeof said[name] === 'string') said[name] = sayList(t, said[name])
  for (const name of ['total', 'difference', 'before', 'now'])
    if (typeof said[name] === 'number') said[name] = grouped(language, said[name])
  return said
}

/** In its unit, where that is told. */
function sayCounted(t: Translate, language: Language, { qualifier, count, unit }: Record<string, unknown>) {
  const number = t(`count.${qualifier}`, { number: grouped(language, Number(count)) })
  const isOne = count === 1 && qualifier === 'exact'
  return unit ? sayInUnit(t, unit as Unit, number, isOne ? 1 : 2) : number
}

/** A count beside its qualifier; null where nothing was counted. */
function countIn(said: Record<string, unknown>, name: string): Count | null {
  const qualifier = said[`${name}Qualifier`]
  return qualifier ? { count: Number(said[name]), qualifier: qualifier as Qualifier } : null
}

/** "a, b" and "1. a; 2. b, c" of the actions, with the marks of the language. */
function sayList(t: Translate, list: string): string {
  return list.replaceAll('; ', t('open.separator')).replaceAll(', ', t('rests.comma'))
}

export function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404
  if (error instanceof ChangedMeanwhile) return 409
  if (error instanceof InputRefused || error instanceof NeedsConfirmation) return 422
  return 500
}
