import { countVerdicts } from '../../domain/shutdown/estate.ts'
import { RULES_VERSION } from '../../domain/shutdown/judge.ts'
import { pageWith } from '../../http/addresses.ts'
import { shutdownFacts } from '../../http/shutdown-facts.ts'
import { sayNumber } from '../../http/words.ts'
import { moneyOfServices, sayComparedIn } from '../services/money-of-services.ts'
import { serviceRows } from '../services/service-rows.ts'
import type { Answer, Visit } from '../visit.ts'
import { blockerSection } from './shutdown-blockers.ts'
import { exportLinks } from './shutdown-exports.ts'
import { costOf, frontierRows, groupRows, laterWaves, noticeRows } from './shutdown-lists.ts'
import { unconfirmedRows } from './shutdown-silences.ts'
import { stampOf } from './stamp.ts'
import { verdictCounts } from './verdict-counts.ts'
import { bestFirst } from './what-if-best.ts'

const READY = 50

/** In a larger estate the search for the best choices would keep this page waiting: they are a page further. */
const SEARCHED = 500

/** What can go now, then wave by wave; what needs re-pointing; what is blocked, by what, and what to do first. */
export async function shutdown(visit: Visit): Promise<Answer> {
  const { t, language, today } = visit
  const facts = await shutdownFacts(visit)
  const { judgement, revision } = facts
  const counts = countVerdicts(judgement)
  const ready = facts.waves[0] ?? []
  const number = (count: number) => sayNumber(language, count)
  const held = (counts.get('BLOCKED') ?? 0) + (counts.get('NEEDS_REPOINT') ?? 0)
  const free = counts.get('FREE') ?? 0
  const it = {
    headline: [
      t('shutdown.headline.ready', { count: ready.length, number: number(ready.length) }),
      ...(free > 0 ? [t('shutdown.headline.free', { count: free, number: number(free) })] : []),
      t('shutdown.headline.held', { count: held, number: number(held) }),
    ].join(''),
    isEmpty: judgement.graph.ids.length === 0,
    asOf: t('shutdown.asOf', { day: today, rules: RULES_VERSION, revision: number(revision) }),
    counts: verdictCounts(visit, judgement),
    comparedIn: sayComparedIn(visit, facts),
    ready: {
      cost: costOf(visit, facts, moneyOfServices(visit, facts), ready),
      rows: await serviceRows(visit, judgement, ready.slice(0, READY)),
      caption: t('services.caption', { count: ready.length, number: number(ready.length) }),
      more:
        ready.length > READY
          ? {
              text: t('shutdown.more', { number: number(ready.length - READY) }),
              href: pageWith('/services', { verdict: 'READY' }),
            }
          : null,
    },
    waves: await laterWaves(visit, facts),
    groups: groupRows(visit, facts.groups),
    frontier: frontierRows(visit, facts.frontier),
    best: judgement.graph.ids.length > SEARCHED ? null : { ...(await bestFirst(visit, facts)), note: null },
    blocked: await blockerSection(visit, facts),
    unconfirmed: unconfirmedRows(visit, facts),
    notices: noticeRows(visit, facts),
    exports: exportLinks(visit),
    stamp: await stampOf(visit),
  }
  return { view: 'shutdown/index', title: t('nav.shutdown'), section: 'shutdown', it }
}
