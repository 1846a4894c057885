import type { Day } from '../../src/domain/calendar.ts'
import type { Landscape } from '../../src/domain/landscape.ts'
import { answerJson, type Questions } from '../../src/domain/shutdown/answer.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'

export type Printed = {
  services: Record<string, { verdict: string; chain: string[] | null; [field: string]: unknown }>
  waves: string[][]
  [part: string]: unknown
}

const LISTS_IN_ORDER = ['chain', 'frontier-pair', 'waves']

/** The answer as `analyze` prints it, parsed. */
export function answerOf(
  landscape: Landscape,
  today: Day,
  questions: Questions = { whatIf: [], bestK: 0 },
): Printed {
  return JSON.parse([...answerJson(judge(landscape, today), questions)].join(''))
}

/** Without chains, of which several may be right, and with lists in one order, which the rules leave open. */
export function comparable(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map(item => comparable(item, key === 'frontier' ? 'frontier-pair' : ''))
    return LISTS_IN_ORDER.includes(key)
      ? items
      : items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([name]) => name !== 'chain')
  return new Map(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, item]) => [name, comparable(item, name)]),
  )
}
