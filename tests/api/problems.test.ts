import { describe, expect, test } from 'vitest'
import { serveApi } from '../support/api.ts'
import { addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const WRONG: [path: string, status: number, code: string, ...errors: string[]][] = [
  ['/nowhere', 404, 'not_found'],
  ['/systems/new', 404, 'not_found'],
  ['/systems/__proto__', 404, 'not_found'],
  ['/systems/a%2Fb', 404, 'not_found'],
  ['/systems/%E0%A4%A', 400, 'bad_request'],
  ['/services/constructor', 404, 'not_found'],
  ['/residuals/1e3', 404, 'not_found'],
  ['/residuals/99999999999999999999', 404, 'not_found'],
  ['/residuals/999999999999999', 404, 'not_found'],
  ['/plans/999999999999999', 404, 'not_found'],
  ['/plans/0', 404, 'not_found'],
  ['/history?system=nobody', 404, 'not_found'],
  ['/systems?stauts=draining', 400, 'bad_query', '/stauts input.unknown_field'],
  ['/systems?__proto__=1', 400, 'bad_query', '/__proto__ input.unknown_field'],
  ['/systems?status=gone&page=0', 400, 'bad_query', '/page input.range', '/status input.not_one_of'],
  ['/systems?page=1&page=2', 400, 'bad_query', '/page input.type'],
  ['/history?from=2026-02-30', 400, 'bad_query', '/from input.day'],
  ['/landscape?format=dot', 400, 'bad_query', '/format input.unknown_field'],
  ['/shutdown/what-if?system=nobody', 422, 'refused_input', '/system what_if.system'],
]

const JSON_BODY = { 'content-type': 'application/json' }

describe.each(databases)('on $name', ({ open }) => {
  async function register() {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    return { ...(await serveApi(context)), context }
  }

  test('a wrong address or query is refused by its name, and says nothing of the inside', async () => {
    const { get } = await register()
    for (const [path, status, code, ...errors] of WRONG) {
      const { json, headers, ...answer } = await get(path, { 'accept-language': 'en' })
      expect([answer.status, json.status, json.type], path).toEqual([status, status, `/api/v1#${code}`])
      expect(headers.get('content-type')).toBe('application/problem+json')
      const told = (json.errors ?? []).map(({ path, code }: Record<string, string>) => `${path} ${code}`)
      expect(told, path).toEqual(errors)
      expect(JSON.stringify(json)).not.toMatch(/\bat .*\.ts|node_modules|api\.problem|undefined/)
    }
  })

  test('what cannot be read is refused by its kind, with where', async () => {
    const { ask, url } = await register()
    const sent = async (body: string | Uint8Array, headers: Record<string, string> = JSON_BODY) => {
      const { status, json } = await ask('/readings', { method: 'POST', body: body as string, headers })
      return [status, json.type.split('#')[1], json.detail]
    }
    expect(await sent('{"day":\n oops}')).toEqual([
      400,
      'malformed_json',
      expect.stringContaining('第 2 行第 2 列'),
    ])
    expect(await sent('')).toEqual([400, 'malformed_json', expect.anything()])
    expect(await sent(new Uint8Array([0x22, 0xff, 0x22]))).toEqual([400, 'not_utf8', expect.anything()])
    expect(await sent('day=2026-03-31', {})).toEqual([415, 'unsupported_type', expect.anything()])
    const coded = { ...JSON_BODY, 'content-encoding': 'zip' }
    expect(await sent('{}', coded)).toEqual([415, 'unsupported_type', expect.anything()])
    expect(await sent('['.repeat(900_000) + ']'.repeat(900_000))).toEqual([
      422,
      'refused_input',
      expect.anything(),
    ])
    expect(await sent('['.repeat(900_000))).toEqual([
      400,
      'malformed_json',
      expect.stringContaining('900001'),
    ])
    expect(await sent(`"${'x'.repeat(2_100_000)}"`)).toEqual([413, 'too_large', expect.anything()])
    expect((await ask('/systems', { headers: { accept: 'text/html' } })).status).toBe(406)
    const put = await ask('/systems', { method: 'PUT' })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect((await ask('/readings')).headers.get('allow')).toBe('POST, OPTIONS')
    expect((await ask('/readings', { method: 'OPTIONS' })).status).toBe(204)
    expect((await fetch(`${url}/api/v1/systems`, { method: 'HEAD' })).status).toBe(200)
  })

  test('words are those of the language asked for, Chinese unless said', async () => {
    const { get } = await register()
    expect((await get('/nowhere')).json.title).toBe('没有这一项')
    const english = await get('/systems?page=x', { 'accept-language': 'en-GB, en;q=0.9' })
    expect(english.headers.get('content-language')).toBe('en')
    expect(english.json.errors[0].message).toContain('whole number')
  })

  test('a page of another origin writes nothing, whatever it calls its body', async () => {
    const { ask, url } = await register()
    const body = JSON.stringify({ day: '2026-03-31', counts: {} })
    const from = async (headers: Record<string, string>) =>
      (await ask('/readings', { method: 'POST', body, headers: { ...JSON_BODY, ...headers } })).status
    expect(await from({})).toBe(200)
    expect(await from({ origin: url, 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await from({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await from({ origin: 'https://example.org' })).toBe(403)
    const headers = { ...JSON_BODY, origin: 'https://example.org', 'accept-language': 'en' }
    const { json, ...refused } = await ask('/readings', { method: 'POST', body, headers })
    expect(json).toMatchObject({ type: '/api/v1#from_elsewhere', title: 'This change comes from elsewhere' })
    expect(refused.headers.get('content-language')).toBe('en')
    expect(await from({ 'content-type': 'text/plain' })).toBe(415)
    const preflight = await ask('/readings', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('a lost database is told as such, without its reasons', async () => {
    const { get, context } = await register()
    await context.db.destroy()
    const { status, json, headers } = await get('/systems', { 'accept-language': 'en' })
    expect([json.status, headers.get('etag')]).toEqual([status, null])
    expect(status).toBeGreaterThanOrEqual(500)
    expect(JSON.stringify(json)).not.toMatch(/driver|sqlite|destroyed/i)
  })
})
