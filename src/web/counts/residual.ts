import { risesOf } from '../../domain/rises.ts'
import { pageWith, systemPath } from '../../http/addresses.ts'
import { asWritten, sayCount, sayName, sayNumber } from '../../http/words.ts'
import { listWithdrawers } from '../../store/audit-log.ts'
import { listProfiles } from '../../store/maturity.ts'
import type { Reading } from '../../store/nouns.ts'
import { countReadings, listBoundsBefore, listReadings } from '../../store/readings.ts'
import { findRoundResiduals, type RoundResidual } from '../../store/round.ts'
import { findSystem } from '../../store/systems.ts'
import { doneOn } from '../change-done.ts'
import { listNamedChanges } from '../changes-named.ts'
import { shortHistoryOf } from '../history/history.ts'
import { localTime } from '../history/history-lines.ts'
import { pagesOf } from '../pages.ts'
import { burndownCharts } from '../systems/system-chart.ts'
import { forecastOfResidual } from '../systems/system-forecast.ts'
import type { ViewAnswer, Visit } from '../visit.ts'
import type { Done } from './done.ts'
import { maturityOf } from './maturity.ts'
import { getResidual, residualPath } from './residual-forms.ts'
import type { SentRound } from './round.ts'
import { ageOf, factsOf, sayLast, toRoundForm } from './round-form.ts'

const PAGE_SIZE = 50

/** One residual: its facts, a field for a count of any day, and all its readings, none of them hidden. */
export async function residualPage(visit: Visit, sent: SentRound | null): Promise<ViewAnswer> {
  const { context, t, language, request } = visit
  const residual = await getResidual(visit)
  const path = residualPath(residual.id)
  const total = await countReadings(context.db, residual.id)
  const pages = pagesOf(request.query.page, total, PAGE_SIZE, page => pageWith(path, { page }))
  const readings = await listReadings(context.db, residual.id, PAGE_SIZE, pages.offset)
  const last = readings.at(-1)
  const below = last ? (await listBoundsBefore(context.db, residual.id, last.day)).reverse() : []
  const withdrawers = await listWithdrawers(context.db, readings)
  const rows = sent ? await findRoundResiduals(context.db, [...sent.typed.keys()]) : [residual]
  const name = sayName(language, residual)
  const profiles = await listProfiles(context.db, residual.id)
  const it = {
    name,
    path,
    done: sent
      ? null
      : await sayHolds(visit, await doneOn(visit, { noun: 'residual', id: residual.id }), residual),
    system: {
      name: sayName(language, { name: residual.systemName, nameEn: residual.systemNameEn }),
      href: systemPath(residual.systemKey),
    },
    last: sayLast(visit, residual),
    ...ageOf(visit, residual, context.config),
    facts: [...factsOf(visit, residual), residual.note, residual.source]
      .filter(text => text !== null)
      .map(text => asWritten(language, text)),
    closed: residual.closedOn
      ? t('residual.closedOn', { day: residual.closedOn, reason: residual.closedReason ?? '' })
      : null,
    round: residual.closedOn && !sent ? null : await toRoundForm(visit, rows, sent, 'alone'),
    course: await courseOf(visit, residual),
    forecast: await forecastOfResidual(visit, residual.systemId, residual.id),
    maturity: maturityOf(visit, residual, profiles),
    readings: readings.map((reading, index) =>
      readingLine(visit, reading, { older: [...readings.slice(index + 1), ...below], withdrawers }),
    ),
    pages,
    file: `${path}/readings.csv`,
    history: await shortHistoryOf(
      visit,
      [
        { noun: 'residual', ids: [residual.id] },
        { noun: 'reading', ids: readings.map(({ id }) => id) },
        { noun: 'maturity_profile', ids: profiles.map(({ id }) => id) },
      ],
      pageWith('/history', { system: residual.systemKey }),
    ),
  }
  return { view: 'residuals/index', title: name, section: 'counts', it }
}

/** Its burn-down with the fan; null where nothing was counted. */
async function courseOf(visit: Visit, residual: RoundResidual) {
  const name = sayName(visit.language, residual)
  const system = await findSystem(visit.context.db, residual.systemKey)
  return (
    system && burndownCharts(visit, { name, path: residualPath(residual.id), system, residuals: [residual] })
  )
}

/** Whoever took a reading out of force has to see which one counts in its place. */
async function sayHolds(visit: Visit, done: Done | null, { latest }: RoundResidual): Promise<Done | null> {
  const { t, language } = visit
  const [change] = done ? await listNamedChanges(visit) : []
  if (!done || change?.action !== 'withdraw-reading') return done
  const values = { count: sayCount(t, language, latest), day: latest?.day }
  const holds = t(latest ? 'reading.holdsNow' : 'reading.nothingNow', values)
  return { ...done, heading: `${done.heading} ${holds}` }
}

type Beside = { older: readonly Reading[]; withdrawers: ReadonlyMap<number, string> }

/** `older` are the readings below it, newest first: of those that count, the first is mostly what this one moved from. */
function readingLine(visit: Visit, reading: Reading, { older, withdrawers }: Beside) {
  const { t, language, context } = visit
  const { supersededAt, supersededBy, withdrawnReason } = reading
  const zone = context.config.TIME_ZONE
  return {
    id: reading.id,
    day: reading.day,
    count: sayCount(t, language, reading),
    moved: supersededAt ? null : movedFrom(visit, older, reading),
    reason: reading.reason ? t(`reason.${reading.reason}`) : null,
    note: reading.note,
    source: reading.source,
    by: reading.recordedBy,
    at: localTime(reading.recordedAt, zone),
    gone: supersededAt
      ? t(supersededBy ? 'reading.superseded' : 'reading.withdrawn', {
          at: localTime(supersededAt, zone),
          reason: withdrawnReason ?? '',
          by: withdrawers.get(reading.id) ?? '',
        })
      : null,
    withdraw: supersededAt ? null : `/readings/${reading.id}/withdraw`,
  }
}

/** "−18", and "at least +110" for a rise to a lower bound; of a lower bound nobody can say more. */
function movedFrom({ t, language }: Visit, older: readonly Reading[], reading: Reading): string | null {
  const known = older.filter(one => !one.supersededAt && one.day < reading.day).reverse()
  const rise = risesOf([...known, reading]).at(-1)
  const before = rise ?? known.at(-1)
  if (!before || (!rise && [before, reading].some(({ qualifier }) => qualifier === 'at_least'))) return null
  const move = reading.count - before.count
  const number = `${move > 0 ? '+' : move < 0 ? '−' : '±'}${sayNumber(language, Math.abs(move))}`
  return reading.qualifier === 'at_least' ? t('count.at_least', { number }) : number
}
