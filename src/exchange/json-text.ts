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

/** What the text says. Refuses with the place of the first mistake, which the engine's own message often lacks. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw errorAt(text, firstMistake(text))
  }
}

const SPACE = /[ \t\n\r]*/y
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const OTHER_VALUE = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** What may come next, in the grammar of RFC 8259. */
type Expected = 'value' | 'first-item' | 'key' | 'first-key' | 'colon' | 'end-of-item'

/** The index of the first character that no JSON text could have there; the length when the text just ends. */
function firstMistake(text: string): number {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = 0
  for (;;) {
    at = endOf(SPACE, text, at)!
    const next = stepFrom(text, at, expected, open)
    if (next === null) return at
    at = next.at
    expected = next.expected
  }
}

function stepFrom(text: string, at: number, expected: Expected, open: ('{' | '[')[]) {
  const sign = text[at]
  const isList = open.at(-1) === '['
  if (expected === 'colon') return sign === ':' ? step(at + 1, 'value') : null
  if (expected === 'key' || expected === 'first-key') {
    if (sign === '}' && expected === 'first-key') return close()
    const end = endOf(STRING, text, at)
    return end === null ? null : step(end, 'colon')
  }
  if (expected === 'end-of-item') {
    if (sign === ',' && open.length > 0) return step(at + 1, isList ? 'value' : 'key')
    return open.length > 0 && sign === (isList ? ']' : '}') ? close() : null
  }
  if (sign === ']' && expected === 'first-item') return close()
  if (sign === '{' || sign === '[') {
    open.push(sign)
    return step(at + 1, sign === '{' ? 'first-key' : 'first-item')
  }
  const end = endOf(STRING, text, at) ?? endOf(OTHER_VALUE, text, at)
  return end === null ? null : step(end, 'end-of-item')

  function close() {
    open.pop()
    return step(at + 1, 'end-of-item')
  }
}

function step(at: number, expected: Expected): { at: number; expected: Expected } {
  return { at, expected }
}

function endOf(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function errorAt(text: string, at: number): JsonTextError {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const found = at < text.length ? JSON.stringify(String.fromCodePoint(text.codePointAt(at)!)) : 'end of text'
  return new JsonTextError(line, at - before.lastIndexOf('\n'), found)
}
