import type { Day } from '../../domain/calendar.ts'
import type { Law } from '../../domain/forecast/law.ts'
import { pageWith, systemPath } from '../../http/addresses.ts'
import { sayForecastDay } from '../../http/chances.ts'
import { inOneLine, sayName, sayNumber } from '../../http/words.ts'
import {
  type ForecastRecord,
  listSystemsWithDates,
  loadRecord,
  type SystemWithDates,
} from '../../store/forecast-record.ts'
import { type KeptForecast, listKept, p50SaidBy } from '../../store/kept-forecasts.ts'
import { findSystem } from '../../store/systems.ts'
import { type DateHistory, drawDateHistory } from '../charts/date-history.ts'
import { sayIgnored } from '../ignored.ts'
import type { Answer, Visit } from '../visit.ts'
import { groupRows, sayRecord } from './record-words.ts'

const SYSTEMS = 200
const ROWS = 100

/** What became of the dates that were given, and how they moved. */
export async function forecastPage(visit: Visit): Promise<Answer> {
  const { context, t, language, today } = visit
  const record = await loadRecord(context.db, today)
  const systems = await listSystemsWithDates(context.db, SYSTEMS)
  const asked = await askedAmong(visit, systems)
  const chosen = asked ?? systems[0]
  const offered = asked && !systems.includes(asked) ? [asked, ...systems] : systems
  const [headline, ...said] = sayRecord(visit, record)
  const it = {
    headline,
    said: inOneLine(language, [...said, sayWidening(visit, record)]),
    given: t('record.given', { count: record.given, number: sayNumber(language, record.given) }),
    bins: binsOf(visit, record),
    groups: groupRows(visit, record),
    ignored: sayIgnored(visit, { system: asked?.key }),
    systems: offered.map(system => ({
      value: system.key,
      label: sayName(language, system),
      isChosen: system === chosen,
    })),
    history: chosen ? await historyOf(visit, chosen) : null,
  }
  return { view: 'forecast/record', title: t('record.title'), section: 'timeline', it }
}

/** A system that no date was ever given of is asked for as well: that there is none is the answer. */
async function askedAmong(
  { context, request }: Visit,
  systems: readonly SystemWithDates[],
): Promise<SystemWithDates | undefined> {
  const key = request.query.system
  if (typeof key !== 'string' || key === '') return undefined
  return systems.find(one => one.key === key) ?? (await findSystem(context.db, key))
}

function sayWidening({ t, language }: Visit, { widening }: ForecastRecord): string {
  return t(`forecast.explain.record.${widening.kind}`, {
    count: widening.residuals,
    number: sayNumber(language, widening.residuals),
    factor: sayNumber(language, widening.factor),
  })
}

/** Bars of 200 pixels: how often it was said to come, and how often it came. */
function binsOf({ t, language }: Visit, { bins }: ForecastRecord) {
  const percent = (share: number) => Math.round(100 * share)
  return bins.map(({ from, to, judged, said, came }) => ({
    range: t('record.range', { from: percent(from), to: percent(to) }),
    judged: sayNumber(language, judged),
    said: judged > 0 ? { width: 2 * percent(said), text: `${percent(said)}%` } : null,
    came: judged > 0 ? { width: 2 * percent(came), text: `${percent(came)}%` } : null,
  }))
}

async function historyOf(visit: Visit, system: SystemWithDates) {
  const { context, t, language, today } = visit
  const kept = await listKept(context.db, system.id)
  const bounds = boundDays(kept)
  const whole = kept.filter(({ residualId }) => residualId === null)
  const said = whole.map(one => {
    const p50 = p50SaidBy(one) ?? null
    return {
      madeOn: one.madeOn,
      isBound: bounds.has(one.madeOn),
      p50,
      p85: p50 && one.p85On,
      target: one.targetOn,
      isRunning: one.state === 'running',
      state: one.state,
      status: one.status,
    }
  })
  const chart = drawDateHistory(said, today)
  return {
    name: sayName(language, system),
    href: systemPath(system.key),
    chart,
    caption: chart && captionOf(visit, chart),
    noChart: chart === null ? t(whyNoChart(said)) : null,
    rows: said
      .map((one, index) => ({
        madeOn: one.madeOn,
        p50: one.p50 ? sayDate(t, one.p50, one) : sayState(t, one),
        p85: one.p85 ? sayDate(t, one.p85, one) : '',
        target: one.target ?? '',
        why: whyPath(system, said[index - 1]?.madeOn, one.madeOn),
      }))
      .slice(-ROWS)
      .reverse(),
  }
}

/** On which days one of the residuals was known only as a lower bound: what was said then could only be later. */
function boundDays(kept: readonly KeptForecast[]): Set<Day> {
  const open = new Set<number>()
  const days = new Map<Day, boolean>()
  for (const { residualId, law, madeOn } of kept) {
    if (residualId !== null && law !== null && (JSON.parse(law) as Law).open === 'above') open.add(residualId)
    else if (residualId !== null) open.delete(residualId)
    days.set(madeOn, open.size > 0)
  }
  return new Set([...days].flatMap(([day, isOpen]) => (isOpen ? [day] : [])))
}

function whyNoChart(said: readonly { p50: Day | null; isRunning: boolean }[]): string {
  if (said.some(isDated)) return 'record.oneDay'
  return said.some(({ isRunning }) => isRunning) ? 'record.noDate' : 'record.neverGiven'
}

function isDated({ p50 }: { p50: Day | null }): boolean {
  return p50 !== null
}

function sayDate(t: Visit['t'], day: Day, { isBound }: { isBound: boolean }): string {
  return isBound ? t('forecast.orLater', { day: sayForecastDay(day, 'month') }) : day
}

/** Only what is drawn is explained. */
function captionOf({ t, language }: Visit, { lines }: DateHistory): string {
  const drawn = (['p50', 'p85', 'target', 'today'] as const).filter(one =>
    lines.some(({ kind }) => kind === one),
  )
  const sentences = ['axes' as const, ...drawn].map(part => t(`record.drawing.${part}`))
  return inOneLine(language, sentences)
}

/** Each row against the one before; the first has none, and a page compares dates only while its system drains. */
function whyPath({ key, status }: SystemWithDates, since: Day | undefined, until: Day): string | null {
  if (since === undefined || status !== 'draining') return null
  return `${pageWith(systemPath(key), { since, until })}#forecast`
}

type SaidState = Pick<KeptForecast, 'state' | 'status'> & { isRunning: boolean }

/** What does not drain has no forecast for what its status says. */
function sayState(t: Visit['t'], { state, status, isRunning }: SaidState): string {
  if (state === 'not_draining') return t(`status.${status}`)
  return isRunning ? t('forecast.notInSight') : t(`record.state.${state}`)
}
