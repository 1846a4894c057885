import { type Cell, csvText } from '../exchange/csv-text.ts'
import type { FileAnswer, Visit } from './visit.ts'

/** The table of a page as a file, in the language of the page: a column for each name, labelled `csv.NAME`. */
export function tableFile<const Column extends string>(
  { t, today }: Visit,
  name: string,
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Cell>>[],
): FileAnswer {
  const head = columns.map(column => t(`csv.${column}`))
  const text = csvText([head, ...rows.map(row => columns.map(column => row[column]))])
  return { file: `${name}-${today}.csv`, type: 'text/csv; charset=utf-8', text }
}
