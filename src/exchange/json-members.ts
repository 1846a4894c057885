import { JsonTextError, mistakeAt, parseJson, placeIn, type TextPlace } from './json-text.ts'
import { LONGEST_LANDSCAPE } from './workspace-plans.ts'

/** A member of the outermost object: a value, or a stretch of a list, `from` being the index of its first row. */
export type Member = { name: string; value: unknown } | { name: string; from: number; rows: unknown[] }

/**
 * The members of one JSON object in the order they stand, lists in stretches, so that a text of any length needs
 * little memory. Refuses, with line and column, text that is not one JSON object.
 */
export async function* readMembers(chunks: AsyncIterable<string>): AsyncGenerator<Member> {
  const source = sourceOf(chunks)
  await expectSign(source, '{')
  let sign = await peek(source)
  if (sign === '}') source.at += 1
  while (sign !== '}') {
    const name = await readName(source)
    await expectSign(source, ':')
    if ((await peek(source)) === '[') yield* readList(source, name)
    else yield { name, value: await readValue(source) }
    sign = await expectSign(source, ',', '}')
  }
  if ((await peek(source)) !== '') throw mistake(source)
}

/** The part of the text that is held: everything before `at` has been read. */
type Source = { text: string; at: number; start: TextPlace; more: () => Promise<boolean> }

/**
 * The longest row of ours is a plan with its landscape, a text in which every quote takes two signs. A file that is
 * one giant value is none of ours.
 */
const LONGEST_VALUE = 3 * LONGEST_LANDSCAPE

function sourceOf(chunks: AsyncIterable<string>): Source {
  const incoming = chunks[Symbol.asyncIterator]()
  const source: Source = {
    text: '',
    at: 0,
    start: { line: 1, column: 1 },
    more: async () => {
      source.start = placeIn(source.text, source.at, source.start)
      source.text = source.text.slice(source.at)
      source.at = 0
      const held = source.text.length
      if (held > LONGEST_VALUE)
        throw new JsonTextError(source.start.line, source.start.column, 'value of many megabytes')
      const added = await nextStretch(incoming, held)
      source.text += added
      return added !== ''
    },
  }
  return source
}

/** The next pieces, together as long as what is held: that is looked through anew, so pieces alone would be too often. */
async function nextStretch(incoming: AsyncIterator<string>, held: number): Promise<string> {
  let stretch = ''
  do {
    const { value, done } = await incoming.next()
    if (done) break
    stretch += value
  } while (stretch.length < held || stretch === '')
  return stretch
}

async function* readList(source: Source, name: string): AsyncGenerator<Member> {
  source.at += 1
  let from = 0
  let isDone = false
  while (!isDone) {
    const rows: unknown[] = []
    isDone = takeRows(source, from, rows)
    const isEmptyList = isDone && from === 0
    if (rows.length > 0 || isEmptyList) yield { name, from, rows }
    from += rows.length
    if (!isDone && !(await source.more())) throw mistakeAt(source.text, source.text.length, source.start)
  }
}

/** Reads the rows that are there as a whole; true at the end of the list. */
function takeRows(source: Source, before: number, rows: unknown[]): boolean {
  for (;;) {
    let at = afterSpace(source.text, source.at)
    const isFirst = before + rows.length === 0
    if (source.text[at] === ']') {
      source.at = at + 1
      return true
    }
    if (!isFirst && at < source.text.length) {
      if (source.text[at] !== ',') throw mistakeAt(source.text, at, source.start)
      at = afterSpace(source.text, at + 1)
    }
    const end = valueEnd(source.text, at)
    if (end === null) return false
    rows.push(parseAt(source, at, end))
    source.at = end
  }
}

async function readName(source: Source): Promise<string> {
  if ((await peek(source)) !== '"') throw mistake(source)
  return (await readValue(source)) as string
}

async function readValue(source: Source): Promise<unknown> {
  await peek(source)
  let end = valueEnd(source.text, source.at)
  while (end === null && (await source.more())) end = valueEnd(source.text, source.at)
  const from = source.at
  source.at = end ?? source.text.length
  return parseAt(source, from, source.at)
}

function parseAt(source: Source, from: number, end: number): unknown {
  const text = source.text.slice(from, end)
  if (text === '') throw mistakeAt(source.text, from, source.start)
  try {
    return JSON.parse(text)
  } catch {
    return parseJson(text, placeIn(source.text, from, source.start))
  }
}

async function expectSign(source: Source, ...signs: string[]): Promise<string> {
  const sign = await peek(source)
  if (!signs.includes(sign)) throw mistake(source)
  source.at += 1
  return sign
}

/** The next sign that is no space; empty at the end of the text. */
async function peek(source: Source): Promise<string> {
  do {
    source.at = afterSpace(source.text, source.at)
  } while (source.at >= source.text.length && (await source.more()))
  return source.text[source.at] ?? ''
}

function mistake(source: Source): JsonTextError {
  return mistakeAt(source.text, source.at, source.start)
}

const SPACE = /[ \t\n\r]*/y
const BRACKET = /["{}[\]]/g
const END_OF_WORD = /[\s,\]}]/g

function afterSpace(text: string, at: number): number {
  SPACE.lastIndex = at
  SPACE.test(text)
  return SPACE.lastIndex
}

/** Where the value that begins at `from` ends; null when that is not in the text. It may still be no JSON. */
function valueEnd(text: string, from: number): number | null {
  if (text[from] === '"') return stringEnd(text, from)
  if (text[from] !== '{' && text[from] !== '[') return indexOf(END_OF_WORD, text, from)
  let depth = 0
  let at: number | null = from
  while (at !== null) {
    const bracket = indexOf(BRACKET, text, at)
    if (bracket === null) return null
    at = text[bracket] === '"' ? stringEnd(text, bracket) : bracket + 1
    if (text[bracket] === '{' || text[bracket] === '[') depth += 1
    else if (text[bracket] !== '"') depth -= 1
    if (depth === 0) return at
  }
  return null
}

function stringEnd(text: string, from: number): number | null {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let escapes = 0
    while (text[quote - 1 - escapes] === '\\') escapes += 1
    if (escapes % 2 === 0) return quote + 1
  }
  return null
}

function indexOf(pattern: RegExp, text: string, from: number): number | null {
  pattern.lastIndex = from
  return pattern.exec(text)?.index ?? null
}
