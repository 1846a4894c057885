import { z } from 'zod'
import { key, readInput } from './input.ts'
import { InputRefused } from './refusal.ts'

/** What is wrong is told at once, so that nobody puts one thing right only to be told of the next. */

type Refusal = () => Promise<void> | void

/** Every one is asked, whatever the others refuse; throws InputRefused with the problems of all. */
export async function refuseTogether(...refusals: readonly Refusal[]): Promise<void> {
  const problems = []
  for (const refuse of refusals) {
    try {
      await refuse()
    } catch (error) {
      if (!(error instanceof InputRefused)) throw error
      problems.push(...error.problems)
    }
  }
  if (problems.length > 0) throw new InputRefused(problems)
}

/** Reads the input; `besides` is what can be told of input that is refused already. */
export async function readTogether<T>(
  schema: z.ZodType<T>,
  input: unknown,
  ...besides: readonly Refusal[]
): Promise<T> {
  try {
    return readInput(schema, input)
  } catch (error) {
    await refuseTogether(
      () => {
        throw error
      },
      ...besides,
    )
    throw error
  }
}

/** Asks about the key in the input, where there is one. */
export function aboutKey(input: unknown, refuse: (key: string) => Promise<void>): Refusal {
  return async () => {
    const read = z.looseObject({ key: key() }).safeParse(input)
    if (read.success) await refuse(read.data.key)
  }
}
