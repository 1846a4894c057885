import { loadEstateOutlook } from '../../store/estate-forecasts.ts'
import { costCells } from '../cost-cells.ts'
import { tableFile } from '../table-file.ts'
import type { Answer, Visit } from '../visit.ts'
import { loadServiceTally, type SystemTally } from './service-tally.ts'
import { listAsked, systemRows } from './system-table.ts'

const COLUMNS = [
  'key',
  'name',
  'owner',
  'status',
  'open',
  'countedOn',
  'within',
  'emptyBy',
  'target',
  'chance',
  'gates',
  'servicesOn',
  'servicesReady',
  'cost',
  'currency',
  'costKnown',
  'remarks',
] as const

/** The table of systems as a file: all that the page finds in its order, on however many pages, each forecast worked out. */
export async function systemsFile(visit: Visit): Promise<Answer> {
  const { systems, filters } = await listAsked(visit)
  await loadEstateOutlook(visit.context.db, visit.today)
  const tally = await loadServiceTally(visit)
  const rows = await systemRows(visit, tally, systems)
  const cells = rows.map(row => toCells(visit, row, tally.bySystem.get(row.key)))
  return { ...tableFile(visit, 'systems', COLUMNS, cells), filters }
}

type Row = Awaited<ReturnType<typeof systemRows>>[number]

/** Services are counts of their own: a spreadsheet would read “1 / 6” as a day. */
function toCells({ t }: Visit, row: Row, services: SystemTally | undefined) {
  return {
    key: row.key,
    name: row.name,
    owner: row.owner,
    status: row.statusLabel,
    open: [...(row.nothing ? [row.nothing] : []), ...row.open].join(' | '),
    countedOn: row.oldestOn ?? '',
    within: row.within ?? '',
    emptyBy: row.forecast?.text ?? '',
    target: row.targetOn ?? '',
    chance: row.chance ?? '',
    gates: row.gates,
    servicesOn: services?.on ?? '',
    servicesReady: services?.ready ?? '',
    ...costCells(t, row.ofMonth),
    remarks: [row.stays, row.override, row.target?.missed].filter(Boolean).join(' | '),
  }
}
