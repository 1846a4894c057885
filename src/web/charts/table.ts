import type { Burndown } from '../../domain/burndown.ts'
import { isSilentZero, type Level } from '../../domain/burndown-level.ts'
import { thinRows } from '../../domain/burndown-rows.ts'
import type { Day } from '../../domain/calendar.ts'
import { type ChartWords, sayLevel, sayTotal } from './words.ts'

/** The numbers of a burn-down, day by day. */
export type ChartTable = {
  caption: string
  heads: string[]
  /** Latest day first. */
  rows: { day: Day; cells: { text: string; kind: 'read' | 'between' | 'unknown' }[]; total: string }[]
}

/** Up to this many counted days each has a row in the table. */
const TABLE_ROWS = 45

export function tableOf(burndown: Burndown, options: ChartWords & { title: string }): ChartTable {
  const { t } = options
  return {
    caption: t('chart.tableCaption', { title: options.title }),
    heads: [t('chart.day'), ...burndown.labels, t('chart.total')],
    rows: thinRows(burndown.rows, TABLE_ROWS)
      .map(({ day, levels, total }) => ({
        day,
        cells: levels.map(level => ({
          text: sayLevel(options, level),
          kind: cellOf(level),
        })),
        total: sayTotal(options, total),
      }))
      .reverse(),
  }
}

function cellOf(level: Level): 'read' | 'between' | 'unknown' {
  if (level.kind === 'read' || level.kind === 'between') return level.kind
  return level.kind === 'silent' && (level.known || isSilentZero(level)) ? 'between' : 'unknown'
}
