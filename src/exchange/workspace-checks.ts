import type { Day } from '../domain/calendar.ts'
import type { WorkspaceRow, WorkspaceTable } from './workspace-tables.ts'

export type WorkspaceHead = { revision: number; simulatedSince: Day | null }

/** The file is not what it has to be; the message starts with the path of the wrong field. */
export class WorkspaceFileError extends Error {
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`)
  }
}

/**
 * What rows have to be beside one another: ids rise, what a row refers to came before it, keys do not repeat, and
 * no entry of the history is later than the workspace itself. Of readings, which may be many, only the last id is kept.
 */
export function workspaceChecks(head: WorkspaceHead) {
  const lastId = new Map<WorkspaceTable, number>()
  const ids = new Map<WorkspaceTable, Set<unknown>>()
  const keys = new Map<WorkspaceTable, Set<string>>()

  return (table: WorkspaceTable, row: WorkspaceRow, path: string): void => {
    refuseOrder(table, row.id, path)
    for (const [field, other] of Object.entries(REFERENCES[table] ?? {})) {
      if (row[field] === null || ids.get(other)?.has(row[field])) continue
      throw new WorkspaceFileError(`${path}.${field}`, `there is no ${other} ${row[field]}`)
    }
    refuseRepeat(table, row, path)
    if (table === 'audit_log' && (row.revision as number) > head.revision)
      throw new WorkspaceFileError(`${path}.revision`, `is after that of the workspace, ${head.revision}`)
  }

  function refuseOrder(table: WorkspaceTable, id: number, path: string): void {
    const last = lastId.get(table) ?? 0
    if (id <= last) throw new WorkspaceFileError(`${path}.id`, `must be more than ${last}, the one before`)
    lastId.set(table, id)
    if (!REFERRED.has(table)) return
    if (!ids.has(table)) ids.set(table, new Set())
    ids.get(table)!.add(id)
  }

  function refuseRepeat(table: WorkspaceTable, row: WorkspaceRow, path: string): void {
    const fields = UNIQUE[table]
    if (!fields) return
    const key = JSON.stringify(fields.map(field => row[field]))
    const seen = keys.get(table) ?? new Set()
    if (seen.has(key))
      throw new WorkspaceFileError(`${path}.key`, `${JSON.stringify(row.key)} is already there`)
    keys.set(table, seen.add(key))
  }
}

/** Which fields name a row of another table. */
const REFERENCES: Partial<Record<WorkspaceTable, Readonly<Record<string, WorkspaceTable>>>> = {
  residual: { systemId: 'system' },
  reading: { residualId: 'residual' },
  service_system: { serviceId: 'service', systemId: 'system' },
  gate: { systemId: 'system', serviceId: 'service' },
  dependency: { consumerId: 'service', providerId: 'service' },
  external_consumer: { providerId: 'service' },
  monthly_cost: { systemId: 'system', serviceId: 'service' },
  expected_saving: { systemId: 'system' },
  event: { systemId: 'system', serviceId: 'service' },
  audit_log: { systemId: 'system', serviceId: 'service' },
  kept_forecast: { systemId: 'system', residualId: 'residual' },
  maturity_profile: { residualId: 'residual' },
  trial_shutdown: { serviceId: 'service' },
  trial_complaint: {
    trialId: 'trial_shutdown',
    dependencyId: 'dependency',
    externalConsumerId: 'external_consumer',
  },
}

/** Which fields together may not repeat. */
const UNIQUE: Partial<Record<WorkspaceTable, readonly string[]>> = {
  system: ['key'],
  service: ['key'],
  residual: ['systemId', 'key'],
  gate: ['systemId', 'serviceId', 'key'],
}

const REFERRED = new Set(Object.values(REFERENCES).flatMap(fields => Object.values(fields)))
