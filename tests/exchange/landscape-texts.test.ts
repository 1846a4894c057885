import { instance } from '@viz-js/viz'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import type { KnownCosts } from '../../src/domain/known-cost.ts'
import { type Judgement, judge } from '../../src/domain/shutdown/judge.ts'
import { csvText } from '../../src/exchange/csv-text.ts'
import { landscapeDot } from '../../src/exchange/dot.ts'
import { landscapeMermaid, MOST_CHARACTERS } from '../../src/exchange/mermaid.ts'
import { planCsv } from '../../src/exchange/plan-csv.ts'
import { estateOf, TODAY } from '../support/estate-of.ts'
import { ALL_KNOWN } from '../support/known-costs.ts'
import { landscapeOf } from '../support/large-landscape.ts'

const HOSTILE = [
  '"];',
  'a\\',
  '\\N',
  '=1+1',
  '__proto__',
  '10',
  '<b>&lt;',
  'end',
  '结算 1.0',
  'a\nb',
  '{x}|#;',
]

const estate = judge(
  estateOf({
    systems: [{ id: 'bill"ing\\', residual: 3 }],
    services: HOSTILE.map((id, at) => ({ id, systems: at % 2 ? ['bill"ing\\'] : [], cost: 12345 })),
    edges: HOSTILE.slice(1).map((id, at) => ({ from: HOSTILE[at]!, to: id })),
  }),
  TODAY,
)
const large = judge(landscapeOf({ services: 2_000, edges: 8_000, systems: 20 }), TODAY)

describe('DOT', () => {
  test('Graphviz reads every service, whatever it is called, in a cluster for each system', async () => {
    const viz = await instance()
    const text = [...landscapeDot(estate)].join('')
    const { objects, edges } = viz.renderJSON(text) as {
      objects: { name: string; label?: string; nodes?: number[] }[]
      edges: unknown[]
    }
    expect(objects.slice(1).map(object => object.name.replaceAll('\\\\', '\\'))).toEqual(
      expect.arrayContaining(HOSTILE),
    )
    const cluster = objects.find(object => object.name === 'cluster_0')
    expect(cluster).toMatchObject({ label: 'bill"ing\\\\' })
    expect(cluster?.nodes).toHaveLength(Math.floor(HOSTILE.length / 2))
    expect(edges).toHaveLength(HOSTILE.length - 1)
  })
})

describe('Mermaid', () => {
  test('names stand between quotes, without a sign that Mermaid would read', () => {
    const picture = landscapeMermaid(estate)
    expect(picture.kind).toBe('whole')
    const lines = 'text' in picture ? picture.text.split('\n') : []
    expect(lines[0]).toBe('flowchart LR')
    for (const line of lines.filter(one => one.includes(':::')))
      expect(line).toMatch(/^ {4}n\d+[([{/]+"[^"<>`\\{}]+"[)\]}/]+:::[A-Z_]+$/)
    expect(lines.filter(line => line.includes('-->'))).toHaveLength(HOSTILE.length - 1)
  })

  test('a large landscape is collapsed to its systems, one with too many of them is refused', () => {
    const picture = landscapeMermaid(large)
    expect(picture).toMatchObject({ kind: 'systems', text: expect.stringContaining('-->|') })
    expect('text' in picture && picture.text.length).toBeLessThan(MOST_CHARACTERS)
    const many = Array.from({ length: 600 }, (_, at) => ({ id: `s${at}`, systems: [`of-${at}`] }))
    const line = many.slice(1).map(({ id }, at) => ({ from: `s${at}`, to: id }))
    const apart = judge(estateOf({ services: many, edges: line }), TODAY)
    expect(landscapeMermaid(apart)).toMatchObject({ kind: 'refused', edges: 599 })
  })
})

describe('who is outside the estate, and what systems are called', () => {
  const used = judge(
    estateOf({
      systems: [{ id: 'acc' }],
      services: [{ id: 'core', systems: ['acc'] }, { id: 'external:银行' }, { id: 'off', state: 'off' }],
      externals: [
        { name: '银行', to: 'core' },
        { name: '银行', to: 'external:银行' },
        { name: '旧网关', to: 'core', waived: true },
        { name: '银行', to: 'off' },
      ],
    }),
    TODAY,
  )
  const nameOf = () => '账户1.0'

  test('Graphviz draws whoever holds a service, apart from a service of that name', async () => {
    const text = [...landscapeDot(used, nameOf)].join('')
    const { objects, edges } = (await instance()).renderJSON(text) as {
      objects: { name: string; label?: string }[]
      edges: { tail: number; head: number }[]
    }
    const names = edges.map(({ tail, head }) => [objects[tail]!.name, objects[head]!.name])
    expect(names).toEqual([
      ['external:external:银行', 'core'],
      ['external:external:银行', 'external:银行'],
    ])
    expect(objects.find(({ name }) => name === 'cluster_0')).toMatchObject({ label: '账户1.0' })
    expect(text).not.toContain('旧网关')
  })

  test('Mermaid draws them too, collapsed as one flag', () => {
    const whole = landscapeMermaid(used, nameOf)
    const lines = 'text' in whole ? whole.text.split('\n') : []
    expect(lines).toEqual(expect.arrayContaining(['  x0>"银行"]:::OUTSIDE', '  x0 --> n0', '  x0 --> n1']))
    expect(lines).toContain('  subgraph s0["账户1.0"]')
    const [bank] = used.landscape.externals
    const externals = Array.from({ length: 600 }, (_, at) => ({ ...bank!, name: `p${at}` }))
    const collapsed = landscapeMermaid(judge({ ...used.landscape, externals }, TODAY), nameOf)
    expect(collapsed).toMatchObject({ kind: 'systems', text: expect.stringContaining('external · 600') })
    expect('text' in collapsed && collapsed.text).toContain('  x -->|600| n1')
  })
})

describe('CSV', () => {
  test('a spreadsheet takes no text for a formula, and reads back what was written', () => {
    const cells = ['=1+1', '+86', '-x', '@x', '\tx', 'a "b", c', '存量\n1', 7, -7]
    const text = csvText([cells])
    expect(text.startsWith('\ufeff')).toBe(true)
    const [row] = parse(text, { bom: true })
    expect(row).toEqual(["'=1+1", "'+86", "'-x", "'@x", "'\tx", 'a "b", c', '存量\n1', '7', '-7'])
  })

  test('the plan has a line for each service, those that can go first on top', () => {
    const rows = rowsOf(estate, id => (id === '<b>&lt;' ? { known: 'none', others: [] } : ALL_KNOWN(id)))
    expect(rows).toHaveLength(HOSTILE.length)
    expect(rows[0]).toMatchObject({
      service: '"];',
      verdict: 'READY',
      wave: '1',
      cost: '123.45',
      currency: 'CNY',
    })
    expect(rows.find(({ service }) => service === '<b>&lt;')).toMatchObject({
      ...{ cost: '', currency: '', knownCost: 'none' },
    })
    expect(rows.at(-1)).toMatchObject({ blockerCount: '1', blockers: 'residual:bill"ing\\' })
  })

  test('what has to be re-pointed has the way from whoever stays beside the shortest, and what is off its day', () => {
    const rows = rowsOf(
      judge(
        estateOf({
          systems: [{ id: 'old', residual: 3 }],
          services: [
            { id: 'core', role: 'stay' },
            { id: 'desk' },
            { id: 'gone', state: 'off', offSince: '2026-08-01' },
            { id: 'till', systems: ['old'] },
          ],
          edges: [
            { from: 'core', to: 'desk' },
            { from: 'desk', to: 'till' },
          ],
        }),
        TODAY,
      ),
    )
    const byService = new Map(rows.map(row => [row.service, row]))
    expect(byService.get('till')).toMatchObject({
      ...{ verdict: 'NEEDS_REPOINT', chain: 'till', chainFromStaying: 'core > desk > till' },
    })
    expect(byService.get('core')).toMatchObject({ verdict: 'KEEP', chain: 'core', chainFromStaying: '' })
    expect(byService.get('gone')).toMatchObject({ verdict: 'OFF', offSince: '2026-08-01', chain: '' })
  })

  function rowsOf(judgement: Judgement, knownCosts: KnownCosts = ALL_KNOWN): Record<string, string>[] {
    const blocker = (number: number) => judgement.holds.blockers[number]!.id
    const words = { column: String, verdict: String, when: String, known: String, system: String, blocker }
    const text = planCsv(judgement, { knownCosts, currencies: ['CNY'], lapsesOn: () => null }, words)
    return parse(text, { bom: true, columns: true })
  }
})
