import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Member, readMembers } from '../../src/exchange/json-members.ts'
import { LONGEST_LANDSCAPE } from '../../src/exchange/workspace-plans.ts'

test('however a text is cut into pieces, its members are the same', async () => {
  const object = fc.dictionary(
    fc.string(),
    fc.oneof(fc.array(fc.jsonValue(), { maxLength: 5 }), fc.jsonValue()),
  )
  await fc.assert(
    fc.asyncProperty(
      object,
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom(0, 1),
      async (given, size, space) => {
        const text = JSON.stringify(given, null, space)
        const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
        const members: [string, unknown][] = []
        for await (const member of readMembers(asyncOf(pieces))) add(members, member)
        expect(members).toEqual(Object.entries(JSON.parse(text)))
      },
    ),
  )
})

const MEBIBYTE = 1 << 20

test('a kept plan is read, however long its landscape may be, and however much of it is quotes', async () => {
  const landscape = '\\"'.repeat(LONGEST_LANDSCAPE / 2)
  const text = JSON.stringify({ plan: [{ id: 1, landscape }] })
  const pieces = text.match(new RegExp(`[^]{1,${MEBIBYTE}}`, 'g'))!
  const lengths: unknown[] = []
  for await (const member of readMembers(asyncOf(pieces)))
    if ('rows' in member)
      lengths.push(...member.rows.map(row => (row as { landscape: string }).landscape.length))
  expect(lengths).toEqual([LONGEST_LANDSCAPE])
})

test('a file that is one giant value is refused before it fills the memory', async () => {
  async function* endless() {
    yield '{"format":"'
    for (;;) yield 'x'.repeat(MEBIBYTE)
  }
  await expect(readMembers(endless()).next()).rejects.toThrow('value of many megabytes')
})

function add(members: [string, unknown][], member: Member): void {
  if ('value' in member) members.push([member.name, member.value])
  else if (member.from === 0) members.push([member.name, [...member.rows]])
  else (members.at(-1)![1] as unknown[]).push(...member.rows)
}

async function* asyncOf<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}
