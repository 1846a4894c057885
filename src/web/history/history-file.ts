import { listHistory } from '../../store/audit-log.ts'
import { tableFile } from '../table-file.ts'
import type { Answer, Visit } from '../visit.ts'
import { askedHistory } from './history.ts'
import { type HistoryLine, historyLines } from './history-lines.ts'

const COLUMNS = ['when', 'who', 'action', 'what', 'change', 'why'] as const

/** More than a spreadsheet is read for; the days of the filter reach what is older. */
const MOST = 10_000

/** The history that the page shows as a file, newest first, on however many pages. */
export async function historyFile(visit: Visit): Promise<Answer> {
  const { filter, settings } = await askedHistory(visit)
  const entries = await listHistory(visit.context.db, filter, MOST + 1)
  const lines = await historyLines(visit, entries.slice(0, MOST))
  const rows = lines.map((line, at) => toCells(visit, line, entries[at]!.why))
  const left = { when: '', who: '', action: '', what: '', change: visit.t('csv.older'), why: '' }
  const file = tableFile(visit, 'history', COLUMNS, entries.length > MOST ? [...rows, left] : rows)
  return { ...file, filters: settings }
}

/** The head of the column says already that it is the reason. */
function toCells({ t }: Visit, { when, actor, action, label, fields }: HistoryLine, why: string | null) {
  const changes = fields.map(({ label: field, before, after }) =>
    t(before === null ? 'csv.set' : 'csv.changed', { field, before, after: after ?? t('csv.nothing') }),
  )
  return { when, who: actor, action, what: label, change: changes.join(' | '), why: why ?? '' }
}
