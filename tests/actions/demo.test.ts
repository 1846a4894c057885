import { describe, expect, test } from 'vitest'
import { plantDemo } from '../../seeds/demo.ts'
import type { Context } from '../../src/context.ts'
import { addDays } from '../../src/domain/calendar.ts'
import { leakOf } from '../../src/domain/forecast/residual.ts'
import { gateStanding, isOverdue } from '../../src/domain/gates.ts'
import { VERDICTS } from '../../src/domain/shutdown/judge.ts'
import { comparePlan } from '../../src/domain/shutdown/plan.ts'
import { listGroups } from '../../src/domain/shutdown/rings.ts'
import { QUALIFIERS, STATUSES, UNITS } from '../../src/domain/vocabulary.ts'
import { parseLandscape } from '../../src/exchange/landscape-json.ts'
import { listRetiredUnready } from '../../src/store/after-retirement.ts'
import { loadEstate } from '../../src/store/estate.ts'
import { loadEstateOutlook } from '../../src/store/estate-forecasts.ts'
import { loadGates } from '../../src/store/gates.ts'
import { type Judged, loadJudged } from '../../src/store/judged.ts'
import { findWholePlan, listPlans } from '../../src/store/plans.ts'
import { findSimulatedSince } from '../../src/store/workspace.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ open }) => {
  test('the demo is labelled, and has something of everything that the product tells', async () => {
    const context = contextOn(TODAY, await open())
    await plantDemo(context)
    expect(await findSimulatedSince(context.db)).toBe(TODAY)
    await expectSystems(context)
    await expectReadings(context)
    await expectGates(context)
    await expectPlansAndTrials(context)
    expectServices(await loadJudged(context.db, TODAY, { quietDays: 30, soakDays: 0 }))
  })
})

/** Every status, one of them ready, one retired by an override, targets missed, money of every kind. */
async function expectSystems({ db }: Context) {
  const systems = await db.selectFrom('system').selectAll().execute()
  expect(new Set(systems.map(({ status }) => status))).toEqual(new Set(STATUSES))
  expect(systems).toContainEqual(expect.objectContaining({ status: 'draining', unsettled_count: 0 }))
  expect(systems.find(({ override_reason }) => override_reason)).toMatchObject({ status: 'retired' })
  const estate = await loadEstate(db, TODAY, 30)
  expect(estate.systemsOverdue.length).toBeGreaterThan(0)
  expect(estate.savings.realised[0]?.fen).toBeGreaterThan(0)
  expect(estate.savings.incompleteCosts).toBeGreaterThan(0)
  const kinds = estate.residuals.map(({ kind }) => kind)
  expect(new Set(kinds)).toEqual(new Set(['stalled', 'stale', 'uncounted']))
  const forecasts = [...(await loadEstateOutlook(db, TODAY)).values()].flatMap(({ residuals }) => residuals)
  expect(forecasts.filter(({ forecast }) => leakOf(forecast))).not.toEqual([])
  expect(await listRetiredUnready(db, TODAY, 10)).toMatchObject([
    { holds: [expect.stringMatching(/^residual:/)] },
  ])
}

/** A year up to yesterday, of every unit, exactness and kind of change. */
async function expectReadings({ db }: Context) {
  const readings = await db.selectFrom('reading').selectAll().execute()
  const days = readings.map(({ day }) => day).sort()
  expect([days[0], days.at(-1)]).toEqual([addDays(TODAY, -365), addDays(TODAY, -1)])
  expect(new Set(readings.map(({ qualifier }) => qualifier))).toEqual(new Set(QUALIFIERS))
  const reasons = new Set(readings.map(({ reason }) => reason))
  expect(reasons).toEqual(new Set([null, 'migrated_out', 'cancelled', 'recount', 'inflow']))
  expect(readings.filter(one => one.superseded_by !== null)).toHaveLength(1)
  expect(readings.filter(one => one.withdrawn_reason !== null)).toHaveLength(1)
  const profiles = await db.selectFrom('maturity_profile').select('day').execute()
  expect(profiles.map(({ day }) => day)).toEqual([addDays(TODAY, -120), addDays(TODAY, -22)])
  const residuals = await db.selectFrom('residual').select('unit').execute()
  expect(new Set(residuals.map(({ unit }) => unit))).toEqual(new Set(UNITS))
}

async function expectGates({ db }: Context) {
  const gates = await loadGates(db)
  const standings = new Set(gates.map(gate => gateStanding(gate, TODAY)))
  expect(standings).toEqual(new Set(['open', 'unknown', 'closed', 'expired', 'waived']))
  expect(gates.some(gate => isOverdue(gate, TODAY))).toBe(true)
}

/** A plan of which dates have moved, a trial that runs, one in silence, and one whose complaint became a use. */
async function expectPlansAndTrials({ db }: Context) {
  const [plan] = await listPlans(db)
  const whole = (await findWholePlan(db, plan!.id))!
  const { judgement } = await loadJudged(db, TODAY, { quietDays: 30, soakDays: 0 })
  const { rows } = comparePlan(parseLandscape(whole.landscape).landscape, plan!.madeOn, judgement)
  expect(rows.some(({ fact }) => fact.kind === 'on' && fact.parts.length > 1)).toBe(true)
  const trials = await db.selectFrom('trial_shutdown').selectAll().execute()
  const complaints = await db.selectFrom('trial_complaint').selectAll().execute()
  expect(trials.filter(({ ended_on }) => ended_on === null)).toHaveLength(1)
  expect(trials).toHaveLength(3)
  expect(complaints.map(({ external_consumer_id }) => external_consumer_id)).toEqual([expect.any(Number)])
}

/** Every verdict, several waves, rings that go and rings that do not, uses of every kind. */
function expectServices({ judgement, landscape }: Judged) {
  expect(new Set(judgement.verdicts)).toEqual(new Set(VERDICTS))
  expect(Math.max(...judgement.waves)).toBe(4)
  expect(new Set(listGroups(judgement).map(({ members }) => members.length))).toEqual(new Set([2, 3]))
  const ends = landscape.externals.map(({ until }) => until !== null)
  expect(new Set(ends)).toEqual(new Set([true, false]))
  for (const use of [{ needs: 'both' }, { strength: 'soft' }, { waived: true }, { declared: false }])
    expect(landscape.edges).toContainEqual(expect.objectContaining(use))
}
