/** How an address, a form or a script writes the id of a thing: a whole number from 1. */
export const ID = /^[1-9]\d{0,14}$/

/** The id that a text names; null where it names none. */
export function readId(text: string): number | null {
  return ID.test(text) ? Number(text) : null
}
