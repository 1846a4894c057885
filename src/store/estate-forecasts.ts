import { setImmediate } from 'node:timers/promises'
import type { Day } from '../domain/calendar.ts'
import { judgeChances } from '../domain/forecast/record.ts'
import { type Widening, wideningFrom } from '../domain/forecast/widening.ts'
import { type Db, selectRows } from './columns.ts'
import { loadOutlooks, type Outlook } from './forecasts.ts'
import { KEPT_FORECAST, type KeptForecast, lastOfDays, toJudgeable } from './kept-forecasts.ts'
import { loadOutcomes } from './outcomes.ts'
import { type EstateOutlook, OutlooksById } from './outlooks-by-id.ts'
import { carriedOn } from './per-revision.ts'

/** Forecasts as far as they have been worked out by now; `find` knows them by the key of the system. */
export type OutlookSoFar = { outlooks: EstateOutlook; find: FindOutlook; isComplete: boolean }
type FindOutlook = (key: string) => Outlook | undefined

/** So many are in memory at a time, with a year of readings each; between them other requests get their turn. */
const SYSTEMS_AT_ONCE = 10

/** Worked out for all systems once a day, and after a change for the systems that it touched. */
export async function loadEstateOutlook(db: Db, today: Day): Promise<EstateOutlook> {
  return (await workOut(db, today)).outlooks
}

type Worked = { factor: number; outlooks: OutlooksById; ids: IdsByKey }
type IdsByKey = ReadonlyMap<string, number>

async function workOut(db: Db, today: Day): Promise<Worked> {
  begunOn.set(db, today)
  return carriedOn<Worked>(db, 'outlooks', today, async earlier => {
    const { factor } = await loadWidening(db, today)
    const known = earlier?.answer.factor === factor ? earlier : null
    const ids = known ? known.touched.systemIds : await listSystemIds(db)
    const outlooks = new OutlooksById(known?.answer.outlooks)
    underWay.set(db, { outlooks, since: performance.now() })
    for (let from = 0; from < ids.length; from += SYSTEMS_AT_ONCE) {
      const some = ids.slice(from, from + SYSTEMS_AT_ONCE)
      outlooks.add(await loadOutlooks(db, some, today, factor))
      await setImmediate()
    }
    underWay.delete(db)
    const keyOf = (all: EstateOutlook, id: number) => all.get(id)?.system.key
    const isKept = known && ids.every(id => keyOf(known.answer.outlooks, id) === keyOf(outlooks, id))
    return { factor, outlooks, ids: isKept ? known.answer.ids : idsByKey(outlooks) }
  })
}

function idsByKey(outlooks: EstateOutlook): IdsByKey {
  return new Map(outlooks.values().map(({ system }) => [system.key, system.id]))
}

const begunOn = new WeakMap<Db, Day>()
const underWay = new WeakMap<Db, { outlooks: EstateOutlook; since: number }>()
/** So long pages wait for forecasts, from their beginning on, before they show what there is. */
const PATIENCE_MS = 100
/** With so many readings waiting would be in vain. */
const MANY_READINGS = 100_000

/**
 * For pages: a large estate that is forecast for the first time in the day does not keep anybody waiting. Nor does the
 * first page begin with it: whoever answers one that is not complete calls `loadEstateOutlook` when the answer is out.
 */
export async function loadOutlookSoFar(db: Db, today: Day): Promise<OutlookSoFar> {
  if (begunOn.get(db) !== today && (await isLarge(db))) return unfinished(new OutlooksById())
  const whole = workOut(db, today).then(
    ({ outlooks, ids }): OutlookSoFar => ({
      outlooks,
      find: key => outlooks.get(ids.get(key) ?? NOBODY),
      isComplete: true,
    }),
  )
  whole.catch(() => {})
  const since = underWay.get(db)?.since ?? performance.now()
  const { promise: patience, resolve: lost } = Promise.withResolvers<null>()
  const timer = setTimeout(lost, Math.max(0, since + PATIENCE_MS - performance.now()), null)
  const answer = await Promise.race([whole, patience])
  clearTimeout(timer)
  return answer ?? unfinished(underWay.get(db)?.outlooks ?? new OutlooksById())
}

const NOBODY = -1

function unfinished(outlooks: EstateOutlook): OutlookSoFar {
  let ids: IdsByKey | null = null
  const find: FindOutlook = key => {
    ids ??= idsByKey(outlooks)
    return outlooks.get(ids.get(key) ?? NOBODY)
  }
  return { outlooks, find, isComplete: false }
}

/** Readings are never deleted, so the last number tells how many were ever written. */
async function isLarge(db: Db): Promise<boolean> {
  const { last } = await db
    .selectFrom('reading')
    .select(eb => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  return (last ?? 0) > MANY_READINGS
}

async function listSystemIds(db: Db): Promise<number[]> {
  return (await db.selectFrom('system').select('id').orderBy('id').execute()).map(({ id }) => id)
}

type DayKept<T> = { today: Day; answer: Promise<T> }
const wideningOf = new WeakMap<Db, DayKept<Widening>>()

/** How much wider this register's own record asks the spread to be. Judged once a day. */
export async function loadWidening(db: Db, today: Day): Promise<Widening> {
  const last = wideningOf.get(db)
  if (last?.today === today) return last.answer
  const answer = judgeRecord(db, today)
  wideningOf.set(db, { today, answer })
  answer.catch(() => wideningOf.delete(db))
  return answer
}

async function judgeRecord(db: Db, today: Day): Promise<Widening> {
  const kept = (await listJudged(db, today)).flatMap(row => toJudgeable(row) ?? [])
  return wideningFrom(judgeChances(kept, await loadOutcomes(db), today))
}

/** At most so many of the newest forecasts are judged. */
const JUDGED = 50_000

/** The forecasts of residuals whose P50 is behind us. */
export async function listJudged(db: Db, today: Day): Promise<KeptForecast[]> {
  const newest = selectRows(db, KEPT_FORECAST)
    .where('residual_id', 'is not', null)
    .where('p50_on', '<=', today)
    .orderBy('id', 'desc')
    .limit(JUDGED)
  return lastOfDays(await newest.execute())
}
