import { z } from 'zod'
import { arrivalOf } from '../domain/forecast/arrival.ts'
import { statementsAbout } from '../domain/forecast/statements.ts'
import { STATUSES } from '../domain/vocabulary.ts'
import { type Asked as AskedSeries, forecastAsJson } from '../exchange/forecast-json.ts'
import { loadEstateOutlook } from '../store/estate-forecasts.ts'
import type { Outlook } from '../store/forecasts.ts'
import { countSystems, listSystems } from '../store/systems.ts'
import { residualHref, systemHref } from './addresses.ts'
import { endpoint } from './endpoint.ts'
import { joint, jointOn, rounded, statements } from './forecast-shapes.ts'
import { PAGING, pageAsked, paged, pageOf } from './pages.ts'
import { count, day, named, number, text } from './shapes.ts'
import { SYSTEM_FILTER, systemFilter } from './systems.ts'
import { href } from './things.ts'

const HORIZONS = [30, 90, 180]
const EVERY_TWENTIETH = Array.from({ length: 19 }, (_, at) => (at + 1) / 20)
const USUAL: AskedSeries = { horizons: HORIZONS, levels: ['half', 'quarter', '0'], probs: EVERY_TWENTIETH }

const days = z
  .array(z.number().nullable())
  .describe('Days from `asOf`, one for each of `probs`; null: not in sight')
const series = named(
  'Series',
  z
    .looseObject({
      state: text.describe('How it goes, or why there is no forecast'),
      last: z.object({ date: day, count: number }).nullable(),
      zero: z.object({
        days,
        within730: z.number().nullable(),
        p50: z.number().nullable(),
        p85: z.number().nullable(),
      }),
      reach: z.record(text, days),
      count: z.record(text, z.array(z.number().nullable())).describe('By horizon; null: open at the top'),
    })
    .describe('As `npm run cli -- forecast --json` prints it'),
)

const residualForecast = z.object({
  id: number,
  key: text,
  latest: count.extend({ day }).nullable().describe('null: never counted'),
  state: text,
  statements: statements.nullable().describe('null: see the reason, or it is done'),
  reason: z.looseObject({ code: text }).nullable().describe('Why there is no forecast'),
  isAtMost: z.boolean(),
  series: text.describe('Its name in `series`'),
  href,
})

const systemForecast = named(
  'SystemForecast',
  z.object({
    key: text,
    status: z.enum(STATUSES),
    targetOn: day.nullable(),
    forecast: joint,
    residuals: z.array(residualForecast),
    href,
  }),
)

/** The forecasts of the estate; the filters are those of the systems. */
export const forecast = endpoint({
  summary: 'When systems and residuals will be at zero: chances, P50, P85, or the reason why nobody can say',
  query: z.strictObject({ ...PAGING, ...SYSTEM_FILTER }),
  answer: pageOf(systemForecast).extend({
    asOf: day,
    probs: z.array(z.number()),
    horizons: z.array(number),
    series: z.record(text, series).describe('The residuals of this page, by SYSTEM/RESIDUAL'),
  }),
  async act(asked, { query }) {
    const { context, today } = asked
    const filter = systemFilter(query)
    const systems = await listSystems(context.db, filter, 'register', pageAsked(query))
    const estate = await loadEstateOutlook(context.db, today)
    const outlooks = systems.flatMap(({ id }) => estate.get(id) ?? [])
    const all = outlooks.flatMap(({ system, residuals }) =>
      residuals.map(one => ({
        name: seriesOf(system.key, one.residual.key),
        ownDay: null,
        forecast: one.forecast,
      })),
    )
    return {
      ...paged(
        asked,
        query,
        await countSystems(context.db, filter),
        outlooks.map(one => toItem(today, one)),
      ),
      ...(forecastAsJson(all, today, USUAL) as z.input<typeof printed>),
    }
  },
})

const printed = z.object({
  asOf: day,
  probs: z.array(z.number()),
  horizons: z.array(number),
  series: z.record(text, series),
})

function seriesOf(system: string, residual: string): string {
  return `${system}/${residual}`
}

function toItem(today: string, { system, joint: whole, residuals }: Outlook) {
  const { key, status, targetOn } = system
  const target = targetOn !== null && targetOn > today ? targetOn : null
  return {
    key,
    status,
    targetOn,
    forecast: jointOn(today, targetOn, whole),
    residuals: residuals.map(({ residual, forecast: one }) => {
      const law = one.kind === 'running' ? one.law : null
      return {
        id: residual.id,
        key: residual.key,
        latest: residual.latest,
        state: one.kind === 'running' ? one.course.state : one.kind,
        statements: law && rounded(statementsAbout(arrivalOf(law), today, target)),
        reason: one.kind === 'unknown' ? one.reason : null,
        isAtMost: law?.open === 'above',
        series: seriesOf(key, residual.key),
        href: residualHref(residual.id),
      }
    }),
    href: systemHref(key),
  }
}
