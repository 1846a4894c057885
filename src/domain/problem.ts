/** Something wrong with what was given: where, which message, and the values that the message names. */
export type Problem = {
  path: string
  code: string
  values?: Record<string, string | number>
}
