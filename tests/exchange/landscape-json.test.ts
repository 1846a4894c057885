import fc from 'fast-check'
import { expect, test } from 'vitest'
import { landscapeJson, parseLandscape } from '../../src/exchange/landscape-json.ts'
import { anyLandscape, RUNS, TODAY } from '../support/random-landscape.ts'

const FILE = { asOf: TODAY, services: [{ id: 'a' }] }

function parse(more: object) {
  return parseLandscape(JSON.stringify({ ...FILE, ...more }))
}

test('a landscape that is written and read again is the same', () =>
  fc.assert(
    fc.property(anyLandscape, landscape => {
      const file = parseLandscape(new TextEncoder().encode(landscapeJson(landscape, TODAY)))
      expect(file).toEqual({ asOf: TODAY, landscape, whatIf: [], bestK: 0, ignored: [] })
    }),
    { numRuns: RUNS / 2 },
  ))

test('what a file does not say has a default, and null says nothing', () => {
  const { landscape, bestK } = parse({
    systems: [{ id: 'old', gates: [{ id: 'g' }, { id: 'h', open: false }] }],
    edges: [{ from: 'a', to: 'b', lastSeen: null, quietDays: null }],
  })
  expect(bestK).toBe(0)
  expect(landscape).toMatchObject({ quietDays: 30, soakDays: 0, externals: [] })
  expect(landscape.systems[0]).toMatchObject({
    role: 'legacy',
    residual: null,
    gates: [{ state: 'unknown' }, { state: 'closed' }],
  })
  expect(landscape.services[0]).toMatchObject({ state: 'on', role: null, systems: [], cost: 0 })
  expect(landscape.edges[0]).toMatchObject({ strength: 'hard', needs: 'from', declared: true, waived: false })
})

test('a use that was seen is not thereby declared', () => {
  const [edge] = parse({ edges: [{ from: 'a', to: 'b', lastSeen: '2026-08-01' }] }).landscape.edges
  expect(edge?.declared).toBe(false)
})

test('a waiver may say who, why and until when, and no longer waives after that', () => {
  const waived = (until?: string) => ({
    from: 'a',
    to: 'b',
    waived: { by: 'Li', why: 'health check', until },
  })
  const { edges } = parse({ edges: [waived(), waived('2026-09-01'), waived(TODAY)] }).landscape
  expect(edges.map(edge => edge.waived)).toEqual([true, true, false])
})

test('names and remarks are left aside and listed', () => {
  const { ignored } = parse({
    note: 1,
    services: [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
    ],
  })
  expect(ignored).toEqual(['note', 'services[].name'])
  const harmless = { id: 'a', host: 'h', stage: 'prod', rule: 'r', status: 'up', comment: '', estate: 'e' }
  expect(parse({ services: [harmless] }).ignored).toHaveLength(6)
})

test.each([
  [
    { edges: [{ from: 'a', to: 'b', lastSeen: 'soon' }] },
    'edges[0].lastSeen: must be a day YYYY-MM-DD, got "soon"',
  ],
  [{ asOf: '2026-02-30' }, 'asOf: must be a day YYYY-MM-DD, got "2026-02-30"'],
  [{ asOf: null }, 'asOf: is missing, must be a day YYYY-MM-DD'],
  [{ services: undefined }, 'services: is missing, must be a list'],
  [{ services: {} }, 'services: must be a list, got {}'],
  [{ services: ['a'] }, 'services[0]: must be an object, got "a"'],
  [{ services: [{ id: 10 }] }, 'services[0].id: must be a text, got 10'],
  [{ services: [{ id: '' }] }, 'services[0].id: must not be empty, got ""'],
  [{ services: [{}] }, 'services[0].id: is missing, must be a text'],
  [{ services: [{ id: 'a' }, { id: 'a' }] }, 'services[1].id: "a" is already services[0]'],
  [
    { services: [{ id: 'a', role: 'old' }] },
    'services[0].role: must be one of legacy, stay, follows, got "old"',
  ],
  [{ services: [{ id: 'a', cost: -1 }] }, 'services[0].cost: must be a number of 0 or more, got -1'],
  [{ services: [{ id: 'a', systems: ['x', 3] }] }, 'services[0].systems[1]: must be a text, got 3'],
  [{ systems: [{ id: 'x', residual: '3000+' }] }, 'systems[0].residual: must be a number, got "3000+"'],
  [
    { systems: [{ id: 'x', gates: [{ id: 'g', open: 'no' }] }] },
    'systems[0].gates[0].open: must be true or false, got "no"',
  ],
  [{ edges: [{ from: 'a' }] }, 'edges[0].to: is missing, must be a text'],
  [
    { edges: [{ from: 'a', to: 'b', last_seen: TODAY }] },
    'edges[0].last_seen: is not a field of this format; it is called lastSeen',
  ],
  [
    { services: [{ id: 'a', sate: 'off' }] },
    'services[0].sate: is not a field of this format; is state meant?',
  ],
  [
    {
      services: [
        { id: 'a', gtaes: [], gates: [] },
        { id: 'b', gtaes: [] },
      ],
    },
    'services[1].gtaes: is not a field of this format; is gates meant?',
  ],
  [{ edge: [] }, 'edge: is not a field of this format; it is called edges'],
  [{ quietDays: 1.5 }, 'quietDays: must be a whole number from 0 to 1000000, got 1.5'],
  [
    { whatIf: [{ id: 'w', dropEdges: [['a']] }] },
    'whatIf[0].dropEdges[0]: must be [consumer, provider], got ["a"]',
  ],
  [{ whatIf: [{ id: 'x'.repeat(99), off: 3 }] }, 'whatIf[0].off: must be a list, got 3'],
])('%j is refused with its place', (more, message) => {
  expect(() => parse(more)).toThrow(expect.objectContaining({ message }))
})

test.each([
  ['', 'line 1, column 1: unexpected end of text'],
  ['hello', 'line 1, column 1: unexpected "h"'],
  ['[1, 2', 'line 1, column 6: unexpected end of text'],
  ['[1 2]', 'line 1, column 4: unexpected "2"'],
  ['[1,]', 'line 1, column 4: unexpected "]"'],
  ['{"a":1,}', 'line 1, column 8: unexpected "}"'],
  ['{\n "a": [{}, [], "x", -1.5e3, tru]}', 'line 2, column 29: unexpected "t"'],
  ['{"a" 1}', 'line 1, column 6: unexpected "1"'],
  ['{"a": "b\\q"}', 'line 1, column 9: unexpected "\\\\"'],
  ['{"a": "\\u00e9\n"}', 'line 1, column 14: unexpected "\\n"'],
  ['{"a": "b', 'line 1, column 9: unexpected end of text'],
  ['{} {}', 'line 1, column 4: unexpected "{"'],
  ['{}\u{1f480}', 'line 1, column 3: unexpected "\u{1f480}"'],
])('%j is no JSON, and the message says where', (text, place) => {
  expect(() => parseLandscape(text)).toThrow(`not JSON: ${place}`)
})

test('a byte order mark is read over, other encodings are refused', () => {
  const text = JSON.stringify(FILE)
  expect(parseLandscape(`\ufeff${text}`).asOf).toBe(TODAY)
  expect(parseLandscape(new TextEncoder().encode(`\ufeff${text}`)).asOf).toBe(TODAY)
  expect(() => parseLandscape(Uint8Array.of(0xff, 0xfe, 0x7b))).toThrow('file: is not UTF-8 text')
  expect(() => parseLandscape('[]')).toThrow('file: must be an object, got []')
})

test('a whole workspace is no landscape, and the way to one is named', () => {
  expect(() => parseLandscape('{"format":"last-orders/workspace","version":1}')).toThrow(
    /^format: is that of a whole workspace; .*`landscape`/,
  )
})

test('a cost that nobody knows is left out', () => {
  const { landscape } = parseLandscape(
    JSON.stringify({ ...FILE, services: [{ id: 'a' }, { id: 'b', cost: 7 }] }),
  )
  const { services } = JSON.parse(landscapeJson(landscape, TODAY))
  expect(services.map(({ cost }: { cost?: number }) => cost)).toEqual([undefined, 7])
})
