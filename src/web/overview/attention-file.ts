import { loadEstate } from '../../store/estate.ts'
import { loadEstateOutlook } from '../../store/estate-forecasts.ts'
import { tableFile } from '../table-file.ts'
import type { Answer, Visit } from '../visit.ts'
import { attentionLines } from './attention.ts'

const COLUMNS = ['attention', 'matter', 'next', 'address'] as const

/** What needs attention as a file: the lines of the page in their order, each forecast worked out. */
export async function attentionFile(visit: Visit): Promise<Answer> {
  const { context, t, today } = visit
  await loadEstateOutlook(context.db, today)
  const estate = await loadEstate(context.db, today, context.config.CADENCE_DAYS)
  const rows = (await attentionLines(visit, estate)).map(({ kind, text, next }) => ({
    attention: t(`attention.kind.${kind}`),
    matter: text,
    next: next.text,
    address: next.href,
  }))
  return tableFile(visit, 'attention', COLUMNS, rows)
}
