import { inOneLine } from '../http/words.ts'
import { storeFailure } from '../store/failure.ts'
import type { ViewAnswer, Visit } from './visit.ts'

/** Why the database could not keep what was sent, above the form that comes back with everything typed. */
export type Trouble = { title: string; text: string }

/** A form that the database could not keep, and its page as it comes back; whoever sends that logs the cause. */
export class NotKept extends Error {
  readonly answer: ViewAnswer

  constructor(cause: unknown, answer: ViewAnswer) {
    super('the database could not keep a form', { cause })
    this.answer = answer
  }
}

/** What to throw instead of `error`: itself, unless the database failed and can still be read for the same page. */
export async function notKept(
  { t, language }: Visit,
  error: unknown,
  again: (trouble: Trouble) => Promise<ViewAnswer>,
): Promise<unknown> {
  const failure = storeFailure(error)
  if (!failure) return error
  const text = inOneLine(language, [t(`failure.${failure}.text`), t('failure.typed')])
  const trouble = { title: t(`failure.${failure}.title`), text }
  return again(trouble).then(
    answer => new NotKept(error, answer),
    () => error,
  )
}
