import type { Day } from '../domain/calendar.ts'
import { type Arrival, arrivalOf } from '../domain/forecast/arrival.ts'
import { jointArrival } from '../domain/forecast/joint.ts'
import type { Law } from '../domain/forecast/law.ts'
import { isWorthKeeping, type KeptForecast as Judgeable } from '../domain/forecast/record.ts'
import { datesOf, statementsAbout } from '../domain/forecast/statements.ts'
import { columnsOf, type Db, type RowOf, selectRows, type Trx } from './columns.ts'
import type { Outlook } from './forecasts.ts'

export const KEPT_FORECAST = columnsOf('kept_forecast', {
  id: 'id',
  systemId: 'system_id',
  residualId: 'residual_id',
  madeOn: 'made_on',
  method: 'method',
  owner: 'owner',
  status: 'status',
  state: 'state',
  count: 'count',
  p50On: 'p50_on',
  p85On: 'p85_on',
  withinTwoYears: 'within_two_years',
  targetOn: 'target_on',
  targetChance: 'target_chance',
  law: 'law',
})

/** From this chance within two years on the dates are shown. */
export const IN_SIGHT = 0.05

/** What was said on a day; of a system where `residualId` is null. */
export type KeptForecast = RowOf<typeof KEPT_FORECAST>

/** Name and version of the method whose forecasts are kept. */
const METHOD = 'log-normal-1'
/** Where contract end days have a part in it, it is judged apart: how far to believe them is an assumption. */
const METHOD_WITH_ENDS = 'log-normal-1+contract-ends'

/** Keeps what is now said about some systems where it is not what was said last: one row a day for each subject. */
export async function keepForecasts(trx: Trx, outlooks: readonly Outlook[], today: Day): Promise<void> {
  const ids = outlooks.map(({ system }) => system.id)
  const previous = new Map((await listLatest(trx, ids)).map(kept => [subjectOf(kept), kept]))
  const next = outlooks.flatMap(outlook => rowsOf(outlook, today))
  const fresh = []
  for (const row of next) {
    const before = previous.get(subjectOf(row))
    if (!isNews(before, row)) continue
    if (before?.madeOn === today)
      await trx.updateTable('kept_forecast').set(toColumns(row)).where('id', '=', before.id).execute()
    else fresh.push(toColumns(row))
  }
  for (let from = 0; from < fresh.length; from += WRITTEN_AT_ONCE)
    await trx
      .insertInto('kept_forecast')
      .values(fresh.slice(from, from + WRITTEN_AT_ONCE))
      .execute()
}

const WRITTEN_AT_ONCE = 100

type NewForecast = Omit<KeptForecast, 'id'>

/** The last row of each subject of some systems. */
async function listLatest(db: Db, systemIds: readonly number[]): Promise<KeptForecast[]> {
  if (systemIds.length === 0) return []
  return selectRows(db, KEPT_FORECAST)
    .where('id', 'in', eb =>
      eb
        .selectFrom('kept_forecast')
        .select(({ fn }) => fn.max('id').as('id'))
        .where('system_id', 'in', systemIds)
        .groupBy(['system_id', 'residual_id']),
    )
    .execute()
}

export function subjectOf({ systemId, residualId }: Pick<KeptForecast, 'systemId' | 'residualId'>): string {
  return `${systemId}/${residualId ?? ''}`
}

function isNews(before: KeptForecast | undefined, row: NewForecast): boolean {
  if (!before) return row.state !== 'not_draining'
  if (before.madeOn > row.madeOn) return false
  if (before.madeOn === row.madeOn)
    return JSON.stringify(toColumns(before)) !== JSON.stringify(toColumns(row))
  if (before.state !== row.state) return true
  const [one, other] = [toJudgeable(before), toJudgeable(row)]
  return one !== null && other !== null && isWorthKeeping(one, other)
}

function rowsOf({ system, joint, residuals }: Outlook, today: Day): NewForecast[] {
  const row = {
    systemId: system.id,
    madeOn: today,
    method: methodOf(joint.kind === 'running' ? joint.parts : []),
    owner: system.owner,
    status: system.status,
  }
  const arrival = joint.kind === 'running' ? jointArrival(joint.parts, 'independent') : null
  const whole: NewForecast = {
    ...row,
    ...said(arrival, today, system.targetOn),
    residualId: null,
    state: joint.kind === 'unknown' ? (joint.because[0]?.reason.code ?? joint.kind) : joint.kind,
    count: null,
    law: null,
  }
  return [
    whole,
    ...residuals.map(({ residual, forecast }) => ({
      ...row,
      ...said(forecast.kind === 'running' ? arrivalOf(forecast.law) : null, today, system.targetOn),
      residualId: residual.id,
      method: methodOf(forecast.kind === 'running' ? [forecast] : []),
      state: forecast.kind === 'unknown' ? forecast.reason.code : forecast.kind,
      count: forecast.last?.count ?? null,
      law: forecast.kind === 'running' ? JSON.stringify(forecast.law) : null,
    })),
  ]
}

function methodOf(parts: readonly { law: Law }[]): string {
  return parts.some(({ law }) => law.schedule) ? METHOD_WITH_ENDS : METHOD
}

/** The dates are kept also where they are not in sight: only so can they be judged. */
function said(arrival: Arrival | null, today: Day, targetOn: Day | null) {
  if (!arrival) return { p50On: null, p85On: null, withinTwoYears: null, targetOn, targetChance: null }
  const { within, byTarget } = statementsAbout(arrival, today, targetOn)
  const { p50, p85 } = datesOf(arrival, today)
  return {
    p50On: p50,
    p85On: p85,
    withinTwoYears: within.chance,
    targetOn,
    targetChance: byTarget?.chance ?? null,
  }
}

/** As the record judges it; null where no forecast was given. */
export function toJudgeable(kept: NewForecast): Judgeable | null {
  if (kept.p50On === null || kept.p85On === null || kept.withinTwoYears === null) return null
  return {
    residual: subjectOf(kept),
    owner: kept.owner,
    method: kept.method,
    madeOn: kept.madeOn,
    withinTwoYears: kept.withinTwoYears,
    p50: kept.p50On,
    p85: kept.p85On,
    target:
      kept.targetOn !== null && kept.targetChance !== null
        ? { day: kept.targetOn, chance: kept.targetChance }
        : null,
  }
}

function toColumns(row: NewForecast) {
  return {
    system_id: row.systemId,
    residual_id: row.residualId,
    made_on: row.madeOn,
    method: row.method,
    owner: row.owner,
    status: row.status,
    state: row.state,
    count: row.count,
    p50_on: row.p50On,
    p85_on: row.p85On,
    within_two_years: row.withinTwoYears,
    target_on: row.targetOn,
    target_chance: row.targetChance,
    law: row.law,
  }
}

/** What was ever said about a system and its residuals, oldest first. */
export async function listKept(db: Db, systemId: number): Promise<KeptForecast[]> {
  const newest = selectRows(db, KEPT_FORECAST).where('system_id', '=', systemId).orderBy('id', 'desc')
  return lastOfDays(await newest.execute()).reverse()
}

/** Of rows from the newest on, the last of each subject and day: a register may hold two, from two processes. */
export function lastOfDays(newest: readonly KeptForecast[]): KeptForecast[] {
  const seen = new Set<string>()
  return newest.filter(one => seen.size < seen.add(`${subjectOf(one)} ${one.madeOn}`).size)
}

/** The P50 that was shown: null where it was not in sight, undefined where nothing was forecast. */
export function p50SaidBy({ p50On, withinTwoYears }: KeptForecast): Day | null | undefined {
  if (p50On === null || withinTwoYears === null) return undefined
  return withinTwoYears >= IN_SIGHT ? p50On : null
}
