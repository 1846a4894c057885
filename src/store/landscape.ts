import type { Day } from '../domain/calendar.ts'
import { reckonedOn } from '../domain/forecast/arrival-range.ts'
import { jointStatements } from '../domain/forecast/joint.ts'
import type { Landscape, SystemState } from '../domain/landscape.ts'
import { patched, placesMoved } from '../domain/patched.ts'
import { toServicesAndUses, toSystemState } from '../domain/register.ts'
import type { Db } from './columns.ts'
import type { OutlookSoFar } from './estate-forecasts.ts'
import type { Outlook } from './forecasts.ts'
import { lapsingRows, loadRegisterRows, type RegisterRows, withTouched } from './landscape-rows.ts'
import { type EstateOutlook, OutlooksById } from './outlooks-by-id.ts'
import { replacedById, type Touched } from './touched.ts'

type Days = Pick<Landscape, 'quietDays' | 'soakDays'>

/**
 * The whole estate as the shutdown analysis reads it: a few queries, plain objects. Without `outlooks` residuals end on
 * the days that were declared: enough for a verdict, in which dates play no part.
 */
export async function loadLandscape(
  db: Db,
  today: Day,
  days: Days,
  outlooks: EstateOutlook = new OutlooksById(),
): Promise<Landscape> {
  return (await readLandscape(db, today, days, { outlooks, isComplete: true })).landscape
}

/** A landscape and what it was made of, so that it can be carried on. */
export type KeptLandscape = {
  landscape: Landscape
  rows: RegisterRows
  /** Of these rows those of which something may lapse. */
  lapsing: RegisterRows
  systems: KnownSystems
  /** Whether all forecasts of the day were worked out. */
  isComplete: boolean
}
/** In the order of ids. */
type KnownSystems = { id: number; row: object; outlook: Outlook | undefined; state: SystemState }[]
type Forecasts = Pick<OutlookSoFar, 'outlooks' | 'isComplete'>

export async function readLandscape(
  db: Db,
  today: Day,
  { quietDays, soakDays }: Days,
  { outlooks, isComplete }: Forecasts,
): Promise<KeptLandscape> {
  const rows = await loadRegisterRows(db, today)
  const systems = statesOf(rows, outlooks, today, [])
  return {
    rows,
    lapsing: lapsingRows(rows),
    systems,
    isComplete,
    landscape: { quietDays, soakDays, systems: inOrder(systems), ...usesOf(rows, today) },
  }
}

/**
 * The landscape after changes, of which only what they touched is read: the same as one read anew. What is the same as
 * before stays the same object, so that whoever judges it sees at a glance what moved.
 */
export async function renewLandscape(
  db: Db,
  today: Day,
  kept: KeptLandscape,
  touched: Touched,
  { outlooks, isComplete }: Forecasts,
): Promise<KeptLandscape> {
  const fresh = await loadRegisterRows(db, today, touched)
  const rows = withTouched(kept.rows, fresh, touched)
  // Once all forecasts are worked out, a change moves only those of the systems that it touched.
  const systems =
    kept.isComplete && isComplete
      ? replacedById(kept.systems, statesOf(fresh, outlooks, today, []), touched.systemIds)
      : statesOf(rows, outlooks, today, kept.systems)
  const isTouched = touched.serviceIds.length > 0
  const landscape = {
    ...kept.landscape,
    systems: statesAgain(kept, systems),
    ...(isTouched ? usesOf(rows, today) : {}),
  }
  const lapsing = withTouched(kept.lapsing, lapsingRows(fresh), touched)
  return { rows, lapsing, systems, isComplete, landscape }
}

function inOrder(systems: KnownSystems): SystemState[] {
  return systems.map(({ state }) => state)
}

function statesAgain(before: KeptLandscape, systems: KnownSystems): SystemState[] {
  const places = placesMoved(before.systems, systems)
  if (!places) return inOrder(systems)
  return patched(before.landscape.systems, new Map(places.map(at => [at, systems[at]!.state])))
}

function usesOf({ services, dependencies, externals }: RegisterRows, today: Day) {
  const parts = {
    services: services.map(({ row }) => row),
    dependencies: dependencies.map(({ row }) => row),
    externals: externals.map(({ row }) => row),
  }
  return toServicesAndUses(parts, today)
}

/** Only what comes of another row or another forecast is worked out anew. */
function statesOf(
  { systems }: RegisterRows,
  outlooks: EstateOutlook,
  today: Day,
  known: KnownSystems,
): KnownSystems {
  let at = 0
  return systems.map(({ id, row }) => {
    while (at < known.length && known[at]!.id < id) at++
    const [old, outlook] = [known[at], outlooks.get(id)]
    if (old?.id === id && old.row === row && old.outlook === outlook) return old
    const residualZeroOn = zeroDayOf(outlook, row.declaredZeroOn, today)
    return { id, row, outlook, state: toSystemState({ ...row, residualZeroOn }, today) }
  })
}

/**
 * When the last order of a system is gone, on the safe side: by the forecast where there is one, and nobody knows where that
 * makes it likelier not to be gone within two years than to be. What somebody declared counts only without a forecast.
 */
export function zeroDayOf(outlook: Outlook | undefined, declared: Day | null, today: Day): Day | null {
  if (outlook?.joint.kind !== 'running') return declared
  const { parts } = outlook.joint
  return reckonedOn(jointStatements(parts, today, null), parts)
}
