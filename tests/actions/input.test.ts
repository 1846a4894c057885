import { expect, test } from 'vitest'
import { z } from 'zod'
import * as fields from '../../src/actions/input.ts'
import { readFen } from '../../src/actions/number-input.ts'
import { InputRefused } from '../../src/actions/refusal.ts'

/** What a field reads, or the code of why it does not. */
function read(field: z.ZodType, given: unknown): unknown {
  try {
    return fields.readInput(z.strictObject({ it: field }), { it: given }).it
  } catch (error) {
    return (error as InputRefused).problems[0]!.code
  }
}

test.each<[given: string | number, count: number, qualifier: string, unit?: string]>([
  ['968', 968, 'exact'],
  [' ９６８ ', 968, 'exact'],
  [968, 968, 'exact'],
  ['0', 0, 'exact'],
  ['007', 7, 'exact'],
  ['3000+', 3000, 'at_least'],
  ['３０００＋', 3000, 'at_least'],
  ['3000单+', 3000, 'at_least', 'order'],
  ['3000+单', 3000, 'at_least', 'order'],
  ['900单', 900, 'exact', 'order'],
  ['900 户', 900, 'exact', 'account'],
  ['7个功能', 7, 'exact', 'function'],
  ['950 orders', 950, 'exact', 'order'],
  ['1 report', 1, 'exact', 'report'],
  ['3000+ Accounts', 3000, 'at_least', 'account'],
  ['At least 3000 orders', 3000, 'at_least', 'order'],
  ['about 50 jobs', 50, 'about', 'job'],
  ['7 个', 7, 'exact'],
  ['30 账户', 30, 'exact', 'account'],
  ['约 50 单', 50, 'about', 'order'],
  ['>=3000', 3000, 'at_least'],
  ['至少 3000', 3000, 'at_least'],
  ['~50', 50, 'about'],
  ['约50', 50, 'about'],
  ['*50', 50, 'about'],
])('the count %j is %d, %s', (given, count, qualifier, unit) => {
  expect(read(fields.requiredCount(), given)).toStrictEqual({ count, qualifier, ...(unit && { unit }) })
})

test.each([
  ['', 'input.missing'],
  [null, 'input.missing'],
  ['-5', 'input.count_negative'],
  ['−5', 'input.count_negative'],
  ['3,000', 'input.count_grouped'],
  ['３，０００', 'input.count_grouped'],
  ['3 000', 'input.count_grouped'],
  ['1,200单', 'input.count_grouped'],
  ['about 1,200 orders', 'input.count_grouped'],
  ['~1,200', 'input.count_grouped'],
  ['１，２００单', 'input.count_grouped'],
  ['1.5', 'input.count_fraction'],
  ['1e3', 'input.count_scientific'],
  ['0x10', 'input.count'],
  ['many', 'input.count'],
  ['~50+', 'input.count'],
  ['🙂', 'input.count'],
  ['<script>alert(1)</script>', 'input.count'],
  ['9'.repeat(10_000), 'input.count_too_large'],
  [1.5, 'input.count_fraction'],
  [Number.NaN, 'input.type'],
  [['3'], 'input.type'],
  [{}, 'input.type'],
  [true, 'input.type'],
])('the count %j is refused by name: %s', (given, code) => {
  expect(read(fields.requiredCount(), given)).toBe(code)
})

test('an empty optional field is unknown, never 0', () => {
  for (const field of [
    fields.optionalCount(),
    fields.optionalWholeNumber(),
    fields.optionalDecimal(),
    fields.optionalFen(),
  ])
    for (const empty of ['', '  ', '　', null, undefined]) expect(read(field, empty)).toBeNull()
})

test.each([
  ['2026-03-31', '2026-03-31'],
  ['２０２６－０３－３１', '2026-03-31'],
  ['2026-02-30', 'input.day'],
  ['2026-3-1', 'input.day'],
  ['31.03.2026', 'input.day'],
  ['20260331', 'input.day'],
  ['', 'input.missing'],
])('the day %j reads as %s', (given, expected) => {
  expect(read(fields.requiredDay(), given)).toBe(expected)
})

test.each([
  ['账户1.0', '账户1.0'],
  ['pre-escrowfund_account', 'pre-escrowfund_account'],
  ['e\u0301cole', '\u00e9cole'],
  ['a/b', 'input.key'],
  ['a b', 'input.key'],
  ['..', 'input.key'],
  ['-a', 'input.key'],
  ['🙂', 'input.key'],
  ['a'.repeat(64), 'a'.repeat(64)],
  ['a'.repeat(65), 'input.key'],
])('the key %j reads as %j', (given, expected) => {
  expect(read(fields.key(), given)).toBe(expected)
})

test.each([
  ['20000', 2_000_000],
  ['８１０６', 810_600],
  ['0', 0],
  ['1.5', 150],
  ['1.05', 105],
  ['1.005', 'input.amount'],
  ['2万', 'input.amount'],
  ['1,000', 'input.count_grouped'],
  ['-1', 'input.negative'],
  ['1e3', 'input.count_scientific'],
])('the amount %j is %j fen', (given, expected) => {
  expect(read(fields.fen(), given)).toBe(expected)
})

test('a text keeps what was typed, within its length, without control characters', () => {
  expect(read(fields.requiredText(), ' <script>🙂\r\n')).toBe('<script>🙂')
  expect(read(fields.requiredText(), 'a\r\nb')).toBe('a\nb')
  expect(read(fields.requiredText(), '🙂'.repeat(200))).toBe('🙂'.repeat(200))
  expect(read(fields.requiredText(), 'x'.repeat(201))).toBe('input.too_long')
  expect(read(fields.optionalText(), 'x'.repeat(10_000))).toBe('input.too_long')
  expect(read(fields.requiredText(), 'a\u0000b')).toBe('input.control_character')
  expect(read(fields.requiredText(), 'a\ud800b')).toBe('input.control_character')
})

test('every problem is told at once, each at its field, and unknown fields by name', () => {
  const schema = z.strictObject({ day: fields.requiredDay(), size: fields.wholeNumber(1, 5) })
  const refused = () => fields.readInput(schema, { size: '６', colour: 'red' })
  expect(refused).toThrow(InputRefused)
  expect(refused).toThrow('day: input.missing; size: input.range; colour: input.unknown_field')
})

test.each([
  ['a zero-width space', 'wal\u200blet'],
  ['a turned direction', 'a\u202ecb'],
  ['a byte order mark', 'wal\ufefflet'],
  ['a joiner that joins nothing', 'wal\u200dlet'],
])('a name with %s is refused by name, and so is a key', (_, text) => {
  expect(read(fields.requiredText(), text)).toBe('input.invisible_character')
  expect(read(fields.optionalName(), text)).toBe('input.invisible_character')
  expect(read(fields.key(), text)).toBe('input.invisible_character')
  expect(read(fields.optionalText(), text)).toBe(text)
})

test('emoji that are joined stay as they are', () => {
  expect(read(fields.requiredText(), '值班 👩‍💻 👩🏽‍🚀 🏳️‍🌈')).toBe('值班 👩‍💻 👩🏽‍🚀 🏳️‍🌈')
})

test('the address of the form that adds one is no key of a page', () => {
  expect(read(fields.pageKey(), 'new')).toBe('input.reserved_key')
  expect(read(fields.pageKey(), 'NEW')).toBe('input.reserved_key')
  expect(read(fields.pageKey(), 'new-1')).toBe('new-1')
  expect(read(fields.key(), 'new')).toBe('new')
})

test('an amount of too many digits is too large, not no amount', () => {
  expect(read(fields.fen(), '99999999999999999')).toBe('input.amount_too_large')
  expect(read(fields.fen(), '70,000 CNY')).toBe('input.amount')
})

test('a number that is refused says what is wrong with it, whatever it counts', () => {
  expect(read(fields.optionalWholeNumber(), '1000000000000000')).toBe('input.range')
  expect(read(fields.optionalDecimal(), '1000000000000000.5')).toBe('input.range')
  expect(read(fields.optionalDecimal(), '-1')).toBe('input.negative')
  expect(read(fields.optionalDecimal(), '1,000')).toBe('input.count_grouped')
  expect(read(fields.optionalDecimal(), '1e3')).toBe('input.count_scientific')
  expect(read(fields.optionalWholeNumber(), '1e3')).toBe('input.count_scientific')
  expect(read(fields.optionalWholeNumber(), '-1')).toBe('input.negative')
  expect(read(fields.optionalWholeNumber(), '3,000')).toBe('input.count_grouped')
  expect(read(fields.fen(), '1,500')).toBe('input.count_grouped')
  expect(readFen('１，５００.５０')).toEqual({
    code: 'input.count_grouped',
    values: { text: '１，５００.５０', digits: '1500.50' },
  })
  expect(read(fields.optionalWholeNumber(1, 30), '-1')).toBe('input.range')
  expect(read(fields.optionalDay(), '0001-01-01')).toBe('input.day_too_early')
})

test('what is missing is told from what has another shape', () => {
  const schema = z.strictObject({
    counts: z.record(z.string().regex(/^\d+$/), z.string()),
    list: z.array(z.string()),
  })
  const told = (input: unknown) => () => fields.readInput(schema, input)
  expect(told({})).toThrow('counts: input.missing; list: input.missing')
  expect(told({ counts: 5, list: 'x' })).toThrow('counts: input.not_an_object; list: input.not_a_list')
  expect(told({ counts: { x: '1' }, list: [] })).toThrow('counts.x: input.unknown_field')
  expect(told(null)).toThrow(': input.not_an_object')
})
