import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openRegister } from '../../src/opening.ts'

const folder = mkdtempSync(join(tmpdir(), 'last-orders-plans-'))
const register = `sqlite:${join(folder, 'register.sqlite')}`

beforeAll(async () => {
  const { db } = await openRegister(readConfig({ DATABASE_URL: register }), 'register')
  await db.destroy()
})
afterAll(() => rmSync(folder, { recursive: true }))

function cli(...command: string[]) {
  const env = { ...process.env, DATABASE_URL: register, ACTOR: '林晓' }
  const run = spawnSync(process.execPath, ['src/cli.ts', ...command], { env, encoding: 'utf8' })
  return { code: run.status, out: run.stdout, err: run.stderr }
}

test('a plan is kept, listed, and compared with what became of it', () => {
  expect(cli('plans')).toEqual({ code: 0, out: '', err: '' })
  expect(cli('plan', '--keep', '十一月', '--note', '月度评审')).toMatchObject({
    code: 0,
    out: '1\n',
    err: expect.stringContaining('Kept the plan of today; "plan 1"'),
  })
  expect(cli('plans').out).toMatch(/^1\t\d{4}-\d\d-\d\d\t十一月\t林晓\n$/)
  const compared = JSON.parse(cli('plan', '十一月').out)
  expect(compared).toMatchObject({ id: 1, name: '十一月', note: '月度评审', madeBy: '林晓', added: [] })
  expect(compared.rows).toHaveLength(15)
  expect(compared.rows[0].fact).toMatchObject({ kind: 'on', verdict: 'BLOCKED', parts: [] })
  expect(JSON.parse(cli('plan', '1').out)).toEqual(compared)
})

test('of two plans of one name the newest is told, and the other one named', () => {
  cli('plan', '十二月', '--keep')
  cli('plan', '十二月', '--keep')
  const { code, out, err } = cli('plan', '十二月')
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ id: 3 })
  expect(err).toContain('is the name of 2 plans: this is number 3; also 2')
})

test.each([
  [['plan'], "missing required argument 'name'"],
  [['plan', '没有'], 'No plan is called "没有"'],
  [['plan', '--keep', ' '], 'name is empty'],
  [['plan', '--keep', '长'.repeat(201)], 'name is too long'],
  [['plan', '--keep', 'a\u200bb'], 'name has invisible characters'],
  [['plan', '十一月', '--note', 'x'], '--note goes with --keep'],
  [['plans', 'x'], 'too many arguments'],
])('%j is refused in one sentence with code 2', (command, words) => {
  expect(cli(...command)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(words) })
})
