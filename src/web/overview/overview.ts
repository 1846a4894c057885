import { loadEstate } from '../../store/estate.ts'
import { loadServiceSavings } from '../../store/money.ts'
import type { Answer, Visit } from '../visit.ts'
import { attentionLines } from './attention.ts'
import { estateChart } from './estate-chart.ts'
import { headline, moneyLines, moneyOfOffLines } from './headline.ts'
import { loadServiceTally } from './service-tally.ts'
import { systemTable } from './system-table.ts'

const SHOWN_LINES = 8
/** Paper has no link to follow; more than this is no list that anybody reads on paper either. */
const PRINTED_LINES = 60

/** The estate in one sentence, its burn-down, what needs attention, and the table of systems. */
export async function overview(visit: Visit): Promise<Answer> {
  const { context, t, today } = visit
  const estate = await loadEstate(context.db, today, context.config.CADENCE_DAYS)
  const tally = await loadServiceTally(visit)
  const lines = await attentionLines(visit, estate)
  const it = {
    headline: headline(visit, estate, tally.ready),
    money: [
      ...moneyLines(visit, estate.savings),
      ...moneyOfOffLines(visit, await loadServiceSavings(context.db, today)),
    ],
    chart: await estateChart(visit, estate),
    attention: lines
      .slice(0, PRINTED_LINES)
      .map((line, at) => ({ ...line, id: null, isOnPaperOnly: at >= SHOWN_LINES })),
    more: Math.max(0, lines.length - SHOWN_LINES),
    moreOnPaper: Math.max(0, lines.length - PRINTED_LINES),
    table: await systemTable(visit, tally),
  }
  return { view: 'overview/index', title: t('overview.title'), section: 'overview', it }
}

/** Everything that needs attention, on a page of its own. */
export async function attentionPage(visit: Visit): Promise<Answer> {
  const { context, t, today } = visit
  const estate = await loadEstate(context.db, today, context.config.CADENCE_DAYS)
  const lines = await attentionLines(visit, estate)
  const first = new Map(lines.toReversed().map(line => [line.kind, line]))
  const it = {
    lines: lines.map(line => ({
      ...line,
      id: first.get(line.kind) === line ? line.kind : null,
      isOnPaperOnly: false,
    })),
  }
  return { view: 'overview/attention-page', title: t('attention.title'), section: 'overview', it }
}
