import { judgedFor } from '../../http/judged.ts'
import { searchServices } from '../../http/service-search.ts'
import { costCells } from '../cost-cells.ts'
import { tableFile } from '../table-file.ts'
import type { Answer, Visit } from '../visit.ts'
import { serviceRows } from './service-rows.ts'
import { filterOf } from './services.ts'

const COLUMNS = [
  'service',
  'name',
  'verdict',
  'wave',
  'earliest',
  'planned',
  'offSince',
  'heldBy',
  'remarks',
  'systems',
  'cost',
  'currency',
  'costKnown',
  'owner',
] as const

/** So many keys are asked for at once. */
const STEP = 500

/** The table of services as a file: all that the page finds, on however many pages. */
export async function servicesFile(visit: Visit): Promise<Answer> {
  const { judgement } = await judgedFor(visit)
  const filter = filterOf(visit.request.query, judgement)
  const keys = await searchServices(visit.context.db, judgement, filter)
  const rows = []
  for (let at = 0; at < keys.length; at += STEP)
    rows.push(...(await serviceRows(visit, judgement, keys.slice(at, at + STEP))))
  const cells = rows.map(row => toCells(visit, row))
  return { ...tableFile(visit, 'services', COLUMNS, cells), filters: filter }
}

function toCells({ t }: Visit, row: Awaited<ReturnType<typeof serviceRows>>[number]) {
  return {
    service: row.key,
    name: row.name || row.key,
    verdict: row.label,
    wave: row.wave,
    earliest: row.earliest?.text ?? '',
    planned: row.planned?.text ?? '',
    offSince: row.offSince ?? '',
    heldBy: [row.reason, row.more].filter(Boolean).join(' '),
    remarks: [row.together, row.doubt, row.soak, row.lapse].filter(Boolean).join(' | '),
    systems: row.systems.map(({ name }) => name).join(' | '),
    ...costCells(t, row.cost.ofMonth),
    owner: row.owner,
  }
}
