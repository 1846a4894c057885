import type { Db } from './columns.ts'
import { type Deltas, SUMMED } from './days.ts'
import { addToDays, type DaySums, type Derived, daysIn, deriveAll } from './derived.ts'

/** A kept value that is not what the readings come to. */
export type Difference = { table: string; row: string; column: string; kept: unknown; derived: unknown }

/** Compares every derived column with what the readings say. Empty: all totals are right. */
export async function findDifferences(db: Db): Promise<Difference[]> {
  const differences: Difference[] = []
  const estate: DaySums = new Map()
  for await (const derived of deriveAll(db)) {
    differences.push(...(await differencesOfSystem(db, derived)))
    addToDays(estate, derived.days)
  }
  const kept = await db.selectFrom('estate_day').select(DAY_COLUMNS).execute()
  return [...differences, ...compareDays('estate_day', '', kept, daysIn(estate))]
}

const DAY_COLUMNS = ['day', 'unit', ...SUMMED] as const

async function differencesOfSystem(db: Db, { systemId, residuals, totals, days }: Derived) {
  const system = await db
    .selectFrom('system')
    .selectAll()
    .where('id', '=', systemId)
    .executeTakeFirstOrThrow()
  const rows = await db.selectFrom('residual').selectAll().where('system_id', '=', systemId).execute()
  const keptDays = await db
    .selectFrom('system_day')
    .select(DAY_COLUMNS)
    .where('system_id', '=', systemId)
    .execute()
  return [
    ...compare('system', system.key, system, totals),
    ...residuals.flatMap(({ id, ...columns }) => {
      const residual = rows.find(row => row.id === id)!
      return compare('residual', `${system.key}/${residual.key}`, residual, columns)
    }),
    ...compareDays('system_day', `${system.key} `, keptDays, days),
  ]
}

function compareDays(table: string, of: string, kept: Deltas[], derived: Deltas[]): Difference[] {
  const rows = new Map(kept.map(row => [nameOf(row), row]))
  const expected = new Map(derived.map(row => [nameOf(row), row]))
  const names = new Set([...rows.keys(), ...expected.keys()])
  return [...names].flatMap(name =>
    compare(table, of + name, rows.get(name) ?? NOTHING, pick(expected.get(name) ?? NOTHING)),
  )
}

const NOTHING = Object.fromEntries(SUMMED.map(name => [name, 0])) as Pick<Deltas, (typeof SUMMED)[number]>

function pick(row: typeof NOTHING): typeof NOTHING {
  return Object.fromEntries(SUMMED.map(name => [name, row[name]])) as typeof NOTHING
}

function nameOf({ unit, day }: Deltas): string {
  return `${unit} ${day}`
}

function compare(table: string, row: string, kept: object, derived: object): Difference[] {
  const values = kept as Record<string, unknown>
  return Object.entries(derived)
    .filter(([column, value]) => values[column] !== value)
    .map(([column, value]) => ({ table, row, column, kept: values[column], derived: value }))
}
