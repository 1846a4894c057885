import { sayName } from '../../http/words.ts'
import { listRound, type RoundResidual } from '../../store/round.ts'
import { tableFile } from '../table-file.ts'
import type { Answer, Visit } from '../visit.ts'
import { askedRound } from './asked-round.ts'

const COLUMNS = [
  'systemKey',
  'system',
  'status',
  'residualKey',
  'residual',
  'segment',
  'count',
  'unit',
  'qualifier',
  'day',
  'unchangedSince',
] as const

/** So many residuals are read at once. */
const STEP = 500

/** The round as a file: every residual that the page finds, on however many pages, with its latest count. */
export async function countsFile(visit: Visit): Promise<Answer> {
  const { asked, filter, system } = await askedRound(visit)
  const rows: RoundResidual[] = []
  for (let offset = 0; offset === rows.length; offset += STEP)
    rows.push(...(await listRound(visit.context.db, filter, { limit: STEP, offset })))
  const cells = rows.map(row => toCells(visit, row))
  return { ...tableFile(visit, 'counts', COLUMNS, cells), filters: { ...asked, system: system?.key } }
}

/** What was never counted is an empty cell beside that word, and no 0. */
function toCells({ t, language }: Visit, { latest, ...row }: RoundResidual) {
  return {
    systemKey: row.systemKey,
    system: sayName(language, { name: row.systemName, nameEn: row.systemNameEn }),
    status: t(`status.${row.systemStatus}`),
    residualKey: row.key,
    residual: sayName(language, row),
    segment: row.segment ?? '',
    count: latest?.count ?? '',
    unit: t(`unit.${row.unit}`),
    qualifier: latest ? t(`qualifier.${latest.qualifier}`) : t('count.unknown'),
    day: latest?.day ?? '',
    unchangedSince: latest?.unchangedSince ?? '',
  }
}
