import { sayName } from '../../http/words.ts'
import { listWithdrawers } from '../../store/audit-log.ts'
import type { Reading } from '../../store/nouns.ts'
import { listAllReadings, type ReadingsOf } from '../../store/reading-lists.ts'
import { listResiduals, type ResidualState } from '../../store/residuals.ts'
import { findSystemsById, type SystemState } from '../../store/systems.ts'
import { localTime } from '../history/history-lines.ts'
import { getSystem } from '../systems/system-forms.ts'
import { tableFile } from '../table-file.ts'
import type { Answer, Visit } from '../visit.ts'
import { getResidual } from './residual-forms.ts'

const COLUMNS = [
  'systemKey',
  'system',
  'residualKey',
  'residual',
  'segment',
  'day',
  'count',
  'unit',
  'qualifier',
  'reason',
  'note',
  'source',
  'recordedBy',
  'recordedAt',
  'standing',
  'goneAt',
  'withdrawnBy',
  'withdrawnWhy',
] as const

/** A year of days of more than a hundred residuals; what is older is in the files of the residuals. */
const MOST = 50_000

/** All readings of the residuals of a system, closed ones too, the newest first. */
export async function readingsOfSystem(visit: Visit): Promise<Answer> {
  const system = await getSystem(visit)
  const residuals = await listResiduals(visit.context.db, [system.id])
  return readingsFile(visit, system, residuals, { systemId: system.id })
}

/** All readings of a residual, on however many pages. */
export async function readingsOfResidual(visit: Visit): Promise<Answer> {
  const residual = await getResidual(visit)
  const [system] = await findSystemsById(visit.context.db, [residual.systemId])
  return readingsFile(visit, system!, [residual], { residualId: residual.id })
}

async function readingsFile(
  visit: Visit,
  system: SystemState,
  residuals: readonly ResidualState[],
  of: ReadingsOf,
): Promise<Answer> {
  const { db } = visit.context
  const readings = await listAllReadings(db, of, MOST + 1)
  const withdrawers = await listWithdrawers(db, readings)
  const known = new Map(residuals.map(residual => [residual.id, cellsOfResidual(visit, system, residual)]))
  const rows = readings.slice(0, MOST).map(reading => ({
    ...known.get(reading.residualId)!,
    ...cellsOfReading(visit, reading, withdrawers),
  }))
  const left = { ...NOTHING, note: visit.t('csv.olderReadings') }
  const name = ['readings', system.key, ...('residualId' in of ? [residuals[0]!.key] : [])].join('-')
  return tableFile(visit, name, COLUMNS, readings.length > MOST ? [...rows, left] : rows)
}

const NOTHING = Object.fromEntries(COLUMNS.map(column => [column, ''])) as Record<
  (typeof COLUMNS)[number],
  string
>

function cellsOfResidual({ t, language }: Visit, system: SystemState, residual: ResidualState) {
  return {
    systemKey: system.key,
    system: sayName(language, system),
    residualKey: residual.key,
    residual: sayName(language, residual),
    segment: residual.segment ?? '',
    unit: t(`unit.${residual.unit}`),
  }
}

/** What counts no more keeps its row, and says since when, and why. */
function cellsOfReading({ t, context }: Visit, reading: Reading, withdrawers: ReadonlyMap<number, string>) {
  const { supersededAt, supersededBy } = reading
  const zone = context.config.TIME_ZONE
  const standing = !supersededAt ? 'inForce' : supersededBy ? 'superseded' : 'withdrawn'
  return {
    day: reading.day,
    count: reading.count,
    qualifier: t(`qualifier.${reading.qualifier}`),
    reason: reading.reason ? t(`reason.${reading.reason}`) : '',
    note: reading.note ?? '',
    source: reading.source ?? '',
    recordedBy: reading.recordedBy,
    recordedAt: localTime(reading.recordedAt, zone),
    standing: t(`csv.${standing}`),
    goneAt: supersededAt ? localTime(supersededAt, zone) : '',
    withdrawnBy: withdrawers.get(reading.id) ?? '',
    withdrawnWhy: reading.withdrawnReason ?? '',
  }
}
