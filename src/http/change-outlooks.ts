import type { AuditEntry } from '../store/audit-log.ts'
import { loadWidening } from '../store/estate-forecasts.ts'
import { loadForecastSystems, type Outlook, outlookOf, type Standings } from '../store/forecasts.ts'
import type { Asking } from './judged.ts'

/** The forecasts of the systems that a change of residuals or of a status is about: as they are, and as if it had not been done. */
export async function outlooksOfChange(
  { context: { db }, today }: Asking,
  entries: readonly AuditEntry[],
): Promise<{ before: Outlook; after: Outlook }[]> {
  const ids = [...new Set(entries.flatMap(entry => (isOfForecast(entry) ? (entry.systemId ?? []) : [])))]
  if (ids.length === 0) return []
  const { factor } = await loadWidening(db, today)
  const load = (standings?: Standings) => loadForecastSystems(db, ids, today, factor, standings)
  const [now, then] = [await load(), await load(standingsWithout(entries))]
  return now.map((system, at) => ({
    before: outlookOf(then[at]!, today),
    after: outlookOf(system, today),
  }))
}

function isOfForecast({ noun, action }: AuditEntry): boolean {
  return noun === 'residual' || action === 'change-status'
}

/** What an entry added is not there, and what it altered is as it was. */
function standingsWithout(entries: readonly AuditEntry[]): Standings {
  const [systems, residuals] = ['system', 'residual'].map(
    noun =>
      new Map(
        entries
          .filter(entry => entry.noun === noun)
          .map(({ nounId, before }) => [nounId, before === null ? null : (JSON.parse(before) as object)]),
      ),
  )
  return {
    system: now => ({ ...now, ...systems!.get(now.id) }),
    residuals: now =>
      now.filter(({ id }) => residuals!.get(id) !== null).map(one => ({ ...one, ...residuals!.get(one.id) })),
  }
}
