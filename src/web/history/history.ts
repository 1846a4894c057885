import { NotFound } from '../../actions/refusal.ts'
import { pageWith } from '../../http/addresses.ts'
import { sayName } from '../../http/words.ts'
import { type AuditEntry, type HistoryFilter, listHistory, listHistoryOf } from '../../store/audit-log.ts'
import { findService } from '../../store/services.ts'
import { findSystem } from '../../store/systems.ts'
import type { Answer, Visit } from '../visit.ts'
import { historyFilter } from './history-filter.ts'
import { type HistoryLine, historyLines } from './history-lines.ts'

const PAGE = 50
const SHORT = 15

/** The history of everything, or of one system or service, newest first. */
export async function historyPage(visit: Visit): Promise<Answer> {
  const { context, t } = visit
  const { subject, asked, filter, settings } = await askedHistory(visit)
  const { name } = subject
  const { before } = asked
  const entries = await listHistory(context.db, before === null ? filter : { ...filter, before }, PAGE + 1)
  const shown = entries.slice(0, PAGE)
  const title = name ? t('history.of', { name }) : t('history.title')
  const it = {
    title,
    filter: asked.form,
    clear: pageWith('/history', subject.settings),
    isFilteredEmpty: asked.form.isFiltered && shown.length === 0,
    lines: await historyLines(visit, shown),
    older: entries.length > PAGE ? pageWith('/history', { ...settings, before: shown.at(-1)!.id }) : null,
    newest: before !== null ? pageWith('/history', settings) : null,
    all: name ? '/history' : null,
    file: pageWith('/history.csv', settings),
  }
  return { view: 'history/index', title, section: 'history', it }
}

/** What the address asks the history for: of what, by whom, what and when. */
export async function askedHistory(visit: Visit) {
  const subject = await subjectOf(visit)
  const asked = await historyFilter(visit, subject.settings)
  const filter = { ...subject.filter, ...asked.filter }
  return { subject, asked, filter, settings: { ...subject.settings, ...asked.settings } }
}

/** The last changes of several things that have one page, such as a residual and its maturity profiles. */
export async function shortHistoryOf(
  visit: Visit,
  things: Parameters<typeof listHistoryOf>[2],
  all: string,
): Promise<ShortHistory> {
  return shortened(visit, await listHistoryOf(visit.context.db, SHORT + 1, things), all)
}

/** The last changes of one thing, for its own page; `all` leads to the rest. */
export async function shortHistory(visit: Visit, filter: HistoryFilter, all: string): Promise<ShortHistory> {
  return shortened(visit, await listHistory(visit.context.db, filter, SHORT + 1), all)
}

type ShortHistory = { lines: HistoryLine[]; all: string | null }

async function shortened(visit: Visit, entries: readonly AuditEntry[], all: string): Promise<ShortHistory> {
  return {
    lines: await historyLines(visit, entries.slice(0, SHORT)),
    all: entries.length > SHORT ? all : null,
  }
}

type Subject = { name: string | null; filter: HistoryFilter; settings: Record<string, string> }

async function subjectOf({ context, language, request }: Visit): Promise<Subject> {
  const { system: systemKey, service: serviceKey } = request.query
  if (typeof systemKey === 'string' && systemKey !== '') {
    const system = await findSystem(context.db, systemKey)
    if (!system) throw new NotFound('system', systemKey)
    return {
      name: sayName(language, system),
      filter: { systemId: system.id },
      settings: { system: system.key },
    }
  }
  if (typeof serviceKey === 'string' && serviceKey !== '') {
    const service = await findService(context.db, serviceKey)
    if (!service) throw new NotFound('service', serviceKey)
    return { name: service.name, filter: { serviceId: service.id }, settings: { service: service.key } }
  }
  return { name: null, filter: {}, settings: {} }
}
