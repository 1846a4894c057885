import { type Day, daysBetween } from '../../domain/calendar.ts'
import { type ArrivalRange, arrivalRange } from '../../domain/forecast/arrival-range.ts'
import { drainingStretches, type Standing } from '../../domain/intake.ts'
import { isReady } from '../../domain/lifecycle.ts'
import { isTargetMissed } from '../../domain/targets.ts'
import { pageWith, systemPath } from '../../http/addresses.ts'
import { sayAge, sayName } from '../../http/words.ts'
import { listClosings } from '../../store/closed-with-rest.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import { listSystemMarks, type SystemMark } from '../../store/events.ts'
import type { Outlook } from '../../store/forecasts.ts'
import { loadCourses } from '../../store/intake.ts'
import { countSystems, listSystems, type SystemState } from '../../store/systems.ts'
import { drawAxis, drawRunOff, type RunOff } from '../charts/run-off.ts'
import { sayIgnored } from '../ignored.ts'
import { courseLine } from '../overview/course-line.ts'
import { loadOpenGates } from '../overview/service-tally.ts'
import { pagesOf } from '../pages.ts'
import type { Answer, Visit } from '../visit.ts'
import { outlookStatements, sayOutlookChance, sayOutlookIfSo } from './outlook-words.ts'
import { type TimelineWindow, windowOf, ZOOMS } from './timeline-window.ts'

const PAGE = 50
const PATH = '/timeline'

/** One row per system: its run-off until half and until 85 of 100, its target, and what has happened. */
export async function timeline(visit: Visit): Promise<Answer> {
  const { context, t, language, request, today } = visit
  const window = windowOf(request.query, today, language)
  const { zoom } = window
  const from = typeof request.query.from === 'string' ? window.from.slice(0, 7) : null
  const pages = pagesOf(request.query.page, await countSystems(context.db, {}), PAGE, page =>
    pageWith(PATH, { zoom, from, page }),
  )
  const systems = await listSystems(context.db, {}, 'register', { limit: PAGE, offset: pages.offset })
  const ids = systems.map(({ id }) => id)
  const marks = Map.groupBy(await listSystemMarks(context.db, ids), mark => mark.systemId)
  const closings = await listClosings(context.db, ids)
  const courses = await loadCourses(context.db, systems)
  const { outlooks } = await loadOutlookSoFar(context.db, today)
  const gates = await loadOpenGates(
    visit,
    systems.map(({ key }) => key),
  )
  const understood = {
    zoom: ZOOMS.find(one => one === request.query.zoom),
    from: from === request.query.from ? from : undefined,
  }
  const it = {
    ignored: sayIgnored(visit, understood),
    zooms: ZOOMS.map(one => ({
      label: t(`timeline.zoom.${one}`),
      href: pageWith(PATH, { zoom: one }),
      isChosen: one === zoom,
    })),
    moves: [
      { label: t('timeline.earlier'), href: pageWith(PATH, { zoom, from: window.earlier }) },
      { label: t('timeline.now'), href: pageWith(PATH, { zoom }) },
      { label: t('timeline.later'), href: pageWith(PATH, { zoom, from: window.later }) },
    ],
    axis: drawAxis(window, window.ticks),
    rows: systems.map(system =>
      rowOf(visit, window, system, {
        marks: marks.get(system.id) ?? [],
        standings: courses.get(system.id) ?? [],
        outlook: outlooks.get(system.id),
        gates: gates.get(system.key),
        closings: closings.get(system.id) ?? [],
      }),
    ),
    keys: KEYS.map(kind => ({ kind, text: t(`timeline.key.${kind}`) })),
    pages,
  }
  return { view: 'timeline/index', title: t('timeline.title'), section: 'timeline', it }
}

const KEYS = [
  'today',
  'past',
  'half',
  'late',
  'unlikely',
  'early',
  'open',
  'target',
  'cutover',
  'planned',
  'retired',
] as const

type Course = { marks: readonly SystemMark[]; standings: readonly Standing[] }
type Known = Course & { outlook: Outlook | undefined; gates: number | undefined; closings: readonly Day[] }

function rowOf(
  visit: Visit,
  window: TimelineWindow,
  system: SystemState,
  { outlook, gates, closings, ...course }: Known,
) {
  const { t, language, today } = visit
  const name = sayName(language, system)
  const run = runOf(system, course, outlook, today)
  const planned = run.cutovers.filter(day => day > today)
  const status = gates !== undefined && isReady(system, gates) ? 'ready' : system.status
  const nothing = { within: null, forecast: { text: '', isUnknown: true } }
  const { within, forecast: dates } = outlook ? sayOutlookIfSo(visit, outlook) : nothing
  const chance = outlook && sayOutlookChance(visit, outlook)
  const missed = isTargetMissed(system, today) ? t('overview.missed') : null
  return {
    name,
    href: systemPath(system.key),
    status: { code: status, label: t(`status.${status}`) },
    course: courseLine(visit, system, { points: system.course, closings }),
    run: drawRunOff(
      run,
      window,
      window.ticks.map(({ day }) => day),
    ),
    stale: sayStale(visit, system),
    dates: system.status === 'retired' ? sayRetired(t, run.retiredOn) : dates,
    within: within ? t('forecast.withinShort', { chance: within }) : null,
    target: system.targetOn,
    missed,
    chance,
    text: [
      name,
      dates.text,
      ...planned.map(day => t('timeline.plannedOn', { day })),
      system.targetOn && `${t('field.targetOn')} ${system.targetOn}`,
      missed,
      chance,
    ]
      .filter(Boolean)
      .join(t('open.separator')),
  }
}

function sayRetired(t: Visit['t'], day: Day | null) {
  return day
    ? { text: t('timeline.retiredOn', { day }), isUnknown: false }
    : { text: t('timeline.retiredUnknown'), isUnknown: true }
}

/** Dates that rest on old counts are said with their age. */
function sayStale({ t, language, today, context }: Visit, system: SystemState): string | null {
  const { oldestReadingOn: day, status } = system
  if (!day || status === 'retired' || status === 'cancelled') return null
  if (daysBetween(day, today) <= context.config.CADENCE_DAYS) return null
  return t('overview.oldest', { age: sayAge(t, language, day, today) })
}

function runOf(
  { status, statusOn, targetOn }: SystemState,
  { marks, standings }: Course,
  outlook: Outlook | undefined,
  today: Day,
): RunOff {
  const statements = (outlook && outlookStatements(outlook, today)) ?? null
  const range =
    outlook?.joint.kind === 'running' && statements ? arrivalRange(statements, outlook.joint.parts) : null
  return {
    draining: drainingStretches(standings, today),
    retiredOn: status === 'retired' ? statusOn : null,
    arrival: drawnArrival(range),
    isEarliest: range?.kind === 'not_before',
    isLikely: range?.kind === 'dates' && (statements?.dependent.within.chance ?? 0) >= 0.5,
    isOpen: status === 'draining' && outlook?.joint.kind !== 'done',
    target: targetOn,
    cutovers: marks.filter(({ kind }) => kind === 'cutover').map(({ day }) => day),
  }
}

/** Always the cautious end; where nobody can name that, the earliest days, which the drawing leaves open. */
function drawnArrival(range: ArrivalRange | null): RunOff['arrival'] {
  if (range === null || range.kind === 'not_in_sight') return null
  return range.kind === 'dates'
    ? { p50: range.p50.to, p85: range.p85.to }
    : { p50: range.p50, p85: range.p85 }
}
