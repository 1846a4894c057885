import { type ClosedIntake, closedIntake, type Standing } from '../domain/intake.ts'
import type { Status } from '../domain/vocabulary.ts'
import type { Db } from './columns.ts'
import type { System } from './nouns.ts'
import { statement } from './statement.ts'

type Standings = Pick<System, 'status' | 'statusOn'>

/** The statuses of a system whose intake may be closed. */
const CLOSED: readonly Status[] = ['draining', 'on_hold', 'retired']

/**
 * Since when some systems take no new work, by their ids; those that do are left out. A row holds only its last
 * change of status: those before it are told by the history.
 */
export async function loadClosedIntakes(
  db: Db,
  systems: readonly ({ id: number } & Standings)[],
): Promise<Map<number, ClosedIntake>> {
  const courses = await loadCourses(
    db,
    systems.filter(({ status }) => CLOSED.includes(status)),
  )
  return new Map(
    [...courses].flatMap(([id, course]) => {
      const closed = closedIntake(course)
      return closed ? [[id, closed] as const] : []
    }),
  )
}

/** All standings of some systems, by their ids, oldest first. */
export async function loadCourses(
  db: Db,
  systems: readonly ({ id: number } & Standings)[],
): Promise<Map<number, Standing[]>> {
  const moves = Map.groupBy(await listMoves(db, systems), move => move.systemId)
  return new Map(systems.map(system => [system.id, courseOf(system, moves.get(system.id) ?? [])]))
}

/** All standings of a system, oldest first. */
export async function loadCourse(db: Db, system: { id: number } & Standings): Promise<Standing[]> {
  return courseOf(system, await selectMovesOf(db, { id: system.id }))
}

/** Why a system that was taken up again had last been retired although not ready; null where it was ready, or never retired. */
export async function findFormerOverride(db: Db, { id }: { id: number }): Promise<string | null> {
  const replaced = (await selectMovesOf(db, { id })).map(
    ({ before }) => JSON.parse(before ?? '{}') as Partial<System>,
  )
  return replaced.find(({ status }) => status === 'retired')?.overrideReason ?? null
}

/** What each change of status replaced, the newest first. */
async function listMoves(db: Db, systems: readonly { id: number }[]) {
  const [first] = systems
  if (!first) return []
  if (systems.length === 1) return selectMovesOf(db, { id: first.id })
  const ids = systems.map(({ id }) => id)
  return selectMoves(db).where('noun_id', 'in', ids).execute()
}

function selectMoves(db: Db) {
  return db
    .selectFrom('audit_log')
    .select(['noun_id as systemId', 'before'])
    .where('noun', '=', 'system')
    .where('action', '=', 'change-status')
    .orderBy('id', 'desc')
}

const selectMovesOf = statement((db, the: { id: number }) => selectMoves(db).where('noun_id', '=', the.id))

/** Of a field that did not change, an entry says nothing: it stood as it did afterwards. */
function courseOf(now: Standings, moves: readonly { before: string | null }[]): Standing[] {
  const standings = [now]
  for (const { before } of moves) {
    const replaced = JSON.parse(before ?? '{}') as Partial<Standings>
    standings.push({ ...standings.at(-1)!, ...replaced })
  }
  return standings.map(({ status, statusOn }) => ({ status, on: statusOn })).reverse()
}
