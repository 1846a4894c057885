/** The text is not JSON; `line` and `column` count from 1. */
export class JsonTextError extends Error {
  readonly line: number
  readonly column: number

  constructor(line: number, column: number, found: string) {
    super(`not JSON: line ${line}, column ${column}: unexpected ${found}`)
    this.line = line
    this.column = column
  }
}

/** Where a text begins within a larger one; both count from 1. */
export type TextPlace = { line: number; column: number }

const START: TextPlace = { line: 1, column: 1 }

/** What the text says. Refuses with the place of the first mistake, which the engine's own message often lacks. */
export function parseJson(text: string, start = START): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw mistakeAt(text, firstMistake(text), start)
  }
}

/** The place of an index, in the larger text. */
export function placeIn(text: string, at: number, start: TextPlace): TextPlace {
  const before = text.slice(0, at)
  const lines = before.split('\n').length - 1
  const column = at - before.lastIndexOf('\n')
  return { line: start.line + lines, column: lines === 0 ? start.column + at : column }
}

export function mistakeAt(text: string, at: number, start: TextPlace): JsonTextError {
  const { line, column } = placeIn(text, at, start)
  const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at)!)) : 'end of text'
  return new JsonTextError(line, column, found)
}

const SPACE = /[ \t\n\r]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const OTHER_VALUE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** What may come next, in the grammar of RFC 8259; `nothing` after a mistake. */
type Expected = 'value' | 'first-item' | 'key' | 'first-key' | 'colon' | 'end-of-item' | 'nothing'
type Step = { at: number; expected: Expected }

/** The index of the first character that no JSON text could have there; the length when the text just ends. */
function firstMistake(text: string): number {
  const open: ('{' | '[')[] = []
  let now: Step = { at: 0, expected: 'value' }
  while (now.expected !== 'nothing') {
    now = stepFrom(text, endOf(SPACE, text, now.at)!, now.expected, open)
  }
  return now.at
}

function stepFrom(text: string, at: number, expected: Expected, open: ('{' | '[')[]): Step {
  const sign = text[at]
  const isList = open.at(-1) === '['
  if (expected === 'colon' && sign === ':') return { at: at + 1, expected: 'value' }
  if (expected === 'end-of-item' && open.length > 0) {
    if (sign === ',') return { at: at + 1, expected: isList ? 'value' : 'key' }
    if (sign === (isList ? ']' : '}')) return close()
  }
  if ((expected === 'first-key' && sign === '}') || (expected === 'first-item' && sign === ']'))
    return close()
  const isKey = expected === 'key' || expected === 'first-key'
  const isValue = expected === 'value' || expected === 'first-item'
  if (sign === '"' && (isKey || isValue)) return afterString(text, at, isKey ? 'colon' : 'end-of-item')
  if (isValue && (sign === '{' || sign === '[')) {
    open.push(sign)
    return { at: at + 1, expected: sign === '{' ? 'first-key' : 'first-item' }
  }
  const end = isValue ? endOf(OTHER_VALUE, text, at) : null
  return end === null ? { at, expected: 'nothing' } : { at: end, expected: 'end-of-item' }

  function close(): Step {
    open.pop()
    return { at: at + 1, expected: 'end-of-item' }
  }
}

/** Character by character: a pattern for a whole string overflows the stack on one of 50 MB. */
function afterString(text: string, quote: number, expected: Expected): Step {
  let at = quote + 1
  while (at < text.length && text[at] !== '"') {
    if (text.charCodeAt(at) < 0x20) return { at, expected: 'nothing' }
    const end = text[at] === '\\' ? endOf(ESCAPE, text, at) : at + 1
    if (end === null) return { at, expected: 'nothing' }
    at = end
  }
  return at < text.length ? { at: at + 1, expected } : { at, expected: 'nothing' }
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}
