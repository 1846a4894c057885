import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'analyze-'))
afterAll(() => rmSync(folder, { recursive: true }))

function analyze(name: string, input = '', ...options: string[]) {
  const run = spawnSync(process.execPath, ['src/cli.ts', 'analyze', name, ...options], {
    input,
    encoding: 'utf8',
  })
  return { code: run.status, out: run.stdout, error: run.stderr }
}

function fileWith(text: string): string {
  const file = join(folder, 'landscape.json')
  writeFileSync(file, text)
  return file
}

test('analyze prints the answer of a file as JSON', () => {
  const landscape = {
    asOf: '2026-08-22',
    services: [{ id: '__proto__', role: 'legacy', note: 'odd' }],
    bestK: 1,
  }
  const { code, out, error } = analyze(fileWith(JSON.stringify(landscape)))
  expect(code).toBe(0)
  expect(out).toContain('"__proto__":{"verdict":"READY","wave":1')
  expect(JSON.parse(out)).toMatchObject({ counts: { READY: 1 }, best: { 1: { cost: 0, services: 0 } } })
  expect(error).toContain('not read: services[].note')
})

test('what is off already is told where it was to be switched off', () => {
  const landscape = {
    asOf: '2026-08-22',
    services: [
      { id: 'till', state: 'off', offSince: '2026-01-01' },
      { id: 'db', role: 'legacy' },
    ],
    whatIf: [{ id: 'night', off: ['till', 'db'] }],
  }
  const { code, error } = analyze('-', JSON.stringify(landscape))
  expect([code, error]).toEqual([0, '-: whatIf night: off already, changes nothing: till\n'])
})

test('what a question names and the file does not have is told, as a misspelt field is', () => {
  const landscape = {
    asOf: '2026-08-22',
    systems: [{ id: 'orders', residual: 1 }],
    services: [{ id: 'till', systems: ['orders'] }, { id: 'db' }],
    edges: [{ from: 'till', to: 'db' }],
    whatIf: [
      { id: 'wrong', resolve: ['gate:x'], systems: ['nn'], dropEdges: [['db', 'till']], off: ['zz'] },
      { id: 'right', resolve: ['residual:orders'], systems: ['orders'], dropEdges: [['till', 'db']] },
    ],
  }
  const { code, error } = analyze('-', JSON.stringify(landscape))
  const names = 'resolve gate:x, systems nn, dropEdges db>till, off zz'
  expect([code, error]).toEqual([0, `-: whatIf wrong: not there, changes nothing: ${names}\n`])
})

test('the stamp of a file is that of the pages, whatever the order and the spacing of the file', () => {
  const [a, b] = ['{"id":"a"}', '{ "id": "b" }']
  const stamps = [[a, b], [b, a], [a]].map(services => {
    const { code, out } = analyze('-', `{"asOf":"2026-08-22","services":[${services}]}`, '--stamp')
    expect(code).toBe(0)
    return out
  })
  expect(stamps[0]).toMatch(/^as of 2026-08-22, rules \d+, input sha256:[0-9a-f]{64}\n$/)
  expect(stamps[1]).toBe(stamps[0])
  expect(stamps[2]).not.toBe(stamps[0])
})

test('a dash reads standard input', () => {
  const { code, out } = analyze('-', '{"asOf":"2026-08-22","services":[]}')
  expect(code).toBe(0)
  expect(JSON.parse(out).services).toEqual({})
})

test('bad input is refused with its place, code 2, and no output', () => {
  const text = '{"asOf":"2026-08-22","services":[{"id":"a","cost":"ten"}]}'
  const file = fileWith(text)
  expect(analyze(file)).toEqual({
    code: 2,
    out: '',
    error: `${file}: services[0].cost: must be a number of 0 or more, got "ten"\n`,
  })
  expect(analyze('-', '{')).toMatchObject({ code: 2, out: '' })
  expect(analyze(join(folder, 'missing.json'))).toMatchObject({ code: 2, out: '' })
})
