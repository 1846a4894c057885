import type { Kysely } from 'kysely'
import { refuseDeletes } from '../dialect.ts'
import type { Tables } from '../schema.ts'
import { createDays, createWorkspace } from './0001/days.ts'
import { createHistory, createMoney } from './0001/money-and-history.ts'
import { createGates, createServices, createUses } from './0001/services.ts'
import { createReadings, createSystems } from './0001/systems.ts'

const KEPT_TABLES = [
  'system',
  'residual',
  'reading',
  'gate',
  'service',
  'service_system',
  'dependency',
  'external_consumer',
  'monthly_cost',
  'expected_saving',
  'event',
  'audit_log',
]

export async function up(db: Kysely<Tables>): Promise<void> {
  await createWorkspace(db)
  await createSystems(db)
  await createReadings(db)
  await createServices(db)
  await createGates(db)
  await createUses(db)
  await createMoney(db)
  await createHistory(db)
  await createDays(db)
  for (const table of KEPT_TABLES) await refuseDeletes(db, table)
}
