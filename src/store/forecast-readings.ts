import { type ExpressionBuilder, sql } from 'kysely'
import type { Day } from '../domain/calendar.ts'
import type { CountReading } from '../domain/forecast/history.ts'
import type { ChangeReason, Qualifier } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import type { Tables } from './schema.ts'

/** The readings of one residual as the database writes them into one text; `parseReadings` reads it. */
export type WrittenReadings = string

/**
 * The readings that forecasts look at, by residual: those since a day, and the first and the last one where they are older; before
 * a lower bound also those since the last one that is none, itself included. A large estate has millions of them: as a row each they took longer to come out of the database than to be forecast, and lived
 * long enough to be taken for something that is kept. Of closed residuals only those of `closedIds`.
 */
export async function loadReadings(
  db: Db,
  systemIds: readonly number[],
  since: Day,
  closedIds: readonly number[] = [],
): Promise<Map<number, WrittenReadings>> {
  if (systemIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('residual')
    .select(eb => {
      const ends = [eb.ref('first_on'), eb.ref('latest_on')]
      return [
        'residual.id',
        known(eb).where('reading.day', '<', since).where('reading.day', 'in', ends).as('older'),
        known(eb).where('reading.day', '>=', since).as('recent'),
        eb
          .case()
          .when('latest_qualifier', '=', 'at_least')
          .then(sinceCounted(eb).where('reading.day', '<', since).where('reading.day', 'not in', ends))
          .end()
          .as('unsettled'),
      ]
    })
    .where('residual.system_id', 'in', systemIds)
    .where(eb => isOpenOr(eb, closedIds))
    .execute()
  return new Map(rows.flatMap(({ id, older, unsettled, recent }) => written(id, older, unsettled, recent)))
}

/** All readings of some residuals. */
export async function loadAllReadings(
  db: Db,
  residualIds: readonly number[],
): Promise<Map<number, WrittenReadings>> {
  if (residualIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('residual')
    .select(eb => ['residual.id', known(eb).as('all')])
    .where('residual.id', 'in', residualIds)
    .execute()
  return new Map(rows.flatMap(({ id, all }) => written(id, all)))
}

export function isOpenOr(eb: ExpressionBuilder<Tables, 'residual'>, closedIds: readonly number[]) {
  const isOpen = eb('residual.closed_on', 'is', null)
  return closedIds.length > 0 ? eb.or([isOpen, eb('residual.id', 'in', closedIds)]) : isOpen
}

function known(eb: ExpressionBuilder<Tables, 'residual'>) {
  return inForce(eb).select(sql<string | null>`string_agg(${WRITTEN}, ',')`.as('written'))
}

function sinceCounted(eb: ExpressionBuilder<Tables, 'residual'>) {
  const lastCounted = inForce(eb)
    .select(({ fn }) => fn.max('reading.day').as('day'))
    .where('qualifier', '<>', 'at_least')
  return known(eb).where('reading.day', '>=', eb.fn.coalesce(lastCounted, eb.val('')))
}

function inForce(eb: ExpressionBuilder<Tables, 'residual'>) {
  return eb
    .selectFrom('reading')
    .whereRef('reading.residual_id', '=', 'residual.id')
    .where('superseded_at', 'is', null)
}

/** `2026-03-31120` or, where a count is not simply exact, `2026-03-31120 at_least recount`. */
const WRITTEN = sql<string | null>`reading.day || reading.count ||
  case when qualifier = 'exact' and reason is null then '' else ' ' || qualifier || ' ' || coalesce(reason, '') end`

function written(id: number, ...parts: (string | null)[]): [number, WrittenReadings][] {
  const text = parts.filter(part => part !== null).join(',')
  return text === '' ? [] : [[id, text]]
}

/** Oldest first. */
export function parseReadings(text: WrittenReadings): CountReading[] {
  const readings: CountReading[] = []
  let isInOrder = true
  let before = ''
  for (let at = 0; at < text.length; at++) {
    const day = text.slice(at, at + DAY_LENGTH)
    at += DAY_LENGTH
    let count = 0
    for (let sign = text.charCodeAt(at); sign >= ZERO; sign = text.charCodeAt(++at))
      count = 10 * count + sign - ZERO
    if (text.charCodeAt(at) === SPACE) {
      const end = endOf(text, at)
      readings.push(unusualReading(day, count, text.slice(at + 1, end)))
      at = end
    } else readings.push({ day, count, qualifier: 'exact', reason: null })
    isInOrder &&= before < day
    before = day
  }
  // Asked for without an order they come in that of the index, mostly: sorting them all there took as long as reading them.
  return isInOrder ? readings : readings.sort(byDay)
}

const DAY_LENGTH = 'YYYY-MM-DD'.length
const ZERO = '0'.charCodeAt(0)
const SPACE = ' '.charCodeAt(0)

function endOf(text: string, from: number): number {
  const comma = text.indexOf(',', from)
  return comma < 0 ? text.length : comma
}

function unusualReading(day: Day, count: number, text: string): CountReading {
  const [qualifier, reason] = text.split(' ')
  return { day, count, qualifier: qualifier as Qualifier, reason: (reason || null) as ChangeReason | null }
}

function byDay(one: CountReading, other: CountReading): number {
  return one.day < other.day ? -1 : 1
}
