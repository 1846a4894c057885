import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openRegister } from '../../src/opening.ts'

const folder = mkdtempSync(join(tmpdir(), 'last-orders-cli-'))
const at = (name: string) => join(folder, name)
const register = `sqlite:${at('register.sqlite')}`

beforeAll(async () => {
  const { db } = await openRegister(readConfig({ DATABASE_URL: register }), 'register')
  await db.destroy()
})
afterAll(() => rmSync(folder, { recursive: true }))

function cli(
  command: string[],
  options: { url?: string; input?: string; env?: Record<string, string>; someone?: { uid?: number } } = {},
) {
  const run = spawnSync(process.execPath, ['src/cli.ts', ...command], {
    env: { ...process.env, DATABASE_URL: options.url ?? register, ...options.env },
    input: options.input ?? '',
    encoding: 'utf8',
    ...options.someone,
  })
  return { code: run.status, out: run.stdout, err: run.stderr }
}

test('a register is exported, imported elsewhere, verified, and exported again as the same bytes', () => {
  const file = at('all.json')
  expect(cli(['export', file])).toEqual({ code: 0, out: '', err: `Written: ${file}\n` })
  const elsewhere = { url: `sqlite:${at('elsewhere.sqlite')}` }
  expect(cli(['import', file], elsewhere)).toMatchObject({ code: 0, out: '' })
  expect(cli(['verify'], elsewhere)).toEqual({
    code: 0,
    out: 'All totals agree with the readings.\n',
    err: '',
  })
  expect(cli(['export', '-'], elsewhere)).toEqual({ code: 0, out: readFileSync(file, 'utf8'), err: '' })
})

test('a file that is there is replaced only when asked to, and as a whole', () => {
  const file = at('mine.json')
  writeFileSync(file, 'mine')
  expect(cli(['export', file])).toMatchObject({ code: 2, err: expect.stringContaining('--force') })
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect(cli(['export', file, '--force']).code).toBe(0)
  expect(JSON.parse(readFileSync(file, 'utf8')).format).toBe('last-orders/workspace')
  expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([])
})

test.each([
  [['import', at('none.json')], '', 'there is no such file or folder'],
  [['import', '-'], '{"format":"other"}', 'format: must come first and be "last-orders/workspace"'],
  [['export', join(folder, 'no', 'where.json')], '', 'cannot be written: there is no such file or folder'],
  [['export', folder], '', 'is a folder. Give the name of a file in it, such as '],
  [['export', folder, '--force'], '', 'is a folder'],
  [['export'], '', "missing required argument 'file'"],
  [['exprot'], '', 'unknown command'],
])('%j is refused in one sentence with code 2', (command, input, words) => {
  const url = command[0] === 'import' ? `sqlite:${at('untouched.sqlite')}` : register
  const { code, out, err } = cli(command, { input, url })
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(words)
  expect(err.trim().split('\n').length).toBeLessThanOrEqual(2)
  expect(existsSync(at('untouched.sqlite'))).toBe(false)
})

test('what cannot be opened is said with code 1, and no empty register is made', () => {
  const url = `sqlite:${at('typo.sqlite')}`
  expect(cli(['verify'], { url })).toEqual({
    code: 1,
    out: '',
    err: `There is no register at ${url}; npm start makes one.\n`,
  })
  expect(existsSync(at('typo.sqlite'))).toBe(false)
})

test('a folder in the place of a database is told for what it is', () => {
  const input = cli(['export', '-']).out
  for (const command of [['verify'], ['import', '-']]) {
    const { code, err } = cli(command, { url: `sqlite:${folder}`, input })
    expect([code, err]).toEqual([
      1,
      expect.stringContaining(`is a folder. Give DATABASE_URL a file in it, such as`),
    ])
  }
})

test('a register that may only be read is verified and exported', async () => {
  const readOnly = at('read-only.sqlite')
  const { db } = await openRegister(readConfig({ DATABASE_URL: register }), 'existing')
  await sql`vacuum into ${sql.lit(readOnly)}`.execute(db)
  await db.destroy()
  chmodSync(readOnly, 0o444)
  chmodSync(folder, 0o755)
  // Permissions do not hold root back.
  const someone = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  const url = `sqlite:${readOnly}`
  expect(cli(['verify'], { url, someone })).toMatchObject({ code: 0, err: '' })
  expect(cli(['export', '-'], { url, someone })).toMatchObject({ code: 0, out: cli(['export', '-']).out })
  // Nothing is left beside it that would keep its owner from writing to it.
  expect(readdirSync(folder).filter(name => name.startsWith('read-only'))).toEqual(['read-only.sqlite'])
  expect(cli(['plan', '计划', '--keep'], { url, someone })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/read-?only/),
  })
})

test('an import that fails leaves no database behind, and an empty one is no register', () => {
  const url = `sqlite:${at('failed.sqlite')}`
  const whole = cli(['export', '-']).out
  const { code, err } = cli(['import', '-'], { url, input: whole.slice(0, -200) })
  expect([code, err]).toEqual([2, expect.any(String)])
  expect(readdirSync(folder).filter(name => name.startsWith('failed'))).toEqual([])
  writeFileSync(at('failed.sqlite'), '')
  for (const command of [['verify'], ['export', '-']])
    expect(cli(command, { url })).toEqual({
      code: 1,
      out: '',
      err: `There is no register at ${url}; npm start makes one.\n`,
    })
  expect(cli(['import', '-'], { url, input: whole }).code).toBe(0)
})

test('landscape prints what analyze judges', () => {
  const { out } = cli(['landscape'])
  const judged = JSON.parse(cli(['analyze', '-'], { input: out }).out)
  expect(judged.counts).toMatchObject({ BLOCKED: 15 })
  expect(judged.services.uacc.blockers).toEqual([
    'gate:履约1.0/商户余额查询',
    'residual:履约1.0',
    'sgate:uacc/no-consumers-confirmed',
  ])
})

test('config prints every option, its source and no password', () => {
  const url = 'postgres://ops:s3cr@t@db.local/orders'
  const { code, out } = cli(['config', '--json'], { url, env: { PORT: '8080' } })
  const lines = Object.fromEntries(JSON.parse(out).map((line: { name: string }) => [line.name, line]))
  expect(code).toBe(0)
  expect(lines).toMatchObject({
    DATABASE_URL: { value: 'postgres://ops:***@db.local/orders', source: 'environment' },
    PORT: { value: '8080', source: 'environment' },
    CADENCE_DAYS: { value: '30', source: 'default', help: expect.stringContaining('stale') },
  })
  const wrong = cli(['config'], { env: { PORT: '3e3', TIME_ZONE: 'Mars' } })
  expect(wrong).toMatchObject({ code: 2, err: expect.stringMatching(/PORT=3e3.*\nTIME_ZONE=Mars/) })
})
