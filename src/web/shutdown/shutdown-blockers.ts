import type { RankedBlocker } from '../../domain/shutdown/acceleration.ts'
import { servicesReached } from '../../domain/shutdown/estate.ts'
import { pageWith, servicePath } from '../../http/addresses.ts'
import { sayBlockers } from '../../http/blockers/blocker-words.ts'
import type { ShutdownFacts } from '../../http/shutdown-facts.ts'
import { sayNumber } from '../../http/words.ts'
import { loadOutlookSoFar } from '../../store/estate-forecasts.ts'
import { sayOutlookLines } from '../forecast/outlook-words.ts'
import { pagesOf } from '../pages.ts'
import type { Visit } from '../visit.ts'
import { silencesLine } from './shutdown-silences.ts'
import { sayingWorth } from './worth.ts'

const PAGE = 20
const NAMED = 10

/** What blocks, the most valuable to end first, each with the services that it holds. */
export async function blockerSection(visit: Visit, facts: ShutdownFacts) {
  const { judgement, blockers, tell, horizon } = facts
  const { t, language, request } = visit
  const pages = pagesOf(
    request.query.blockers,
    blockers.length,
    PAGE,
    page => `${pageWith('/shutdown', { blockers: page })}#blocked`,
  )
  const numbers = blockers.slice(pages.offset, pages.offset + PAGE)
  const shown = numbers.map(tell)
  const said = await sayBlockers(visit, shown)
  const ahead = await forecastsOf(visit, shown)
  const worthOf = sayingWorth(visit, facts)
  return {
    pages,
    caption: t('shutdown.ranking', { horizon }),
    silences: silencesLine(visit, facts),
    rows: shown.map((blocker, at) => {
      const held = servicesReached(judgement, numbers[at]!)
      return {
        ...said[at]!,
        ...worthOf(blocker),
        forecast: ahead.get(blocker.id) ?? null,
        services: held.slice(0, NAMED).map(linkTo),
        heading: t('shutdown.holds', { count: held.length, number: sayNumber(language, held.length) }),
        more:
          held.length > NAMED
            ? {
                text: t('shutdown.more', { number: sayNumber(language, held.length - NAMED) }),
                href: pageWith('/services', { blocker: blocker.id }),
              }
            : null,
      }
    }),
  }
}

/** When what is left of a system will be empty, by the id of the blocker that it is. */
async function forecastsOf(visit: Visit, blockers: readonly RankedBlocker[]): Promise<Map<string, string>> {
  const { find } = await loadOutlookSoFar(visit.context.db, visit.today)
  return new Map(
    blockers.flatMap(({ id, kind, owner }) => {
      const outlook = kind === 'residual' && owner.kind === 'system' ? find(owner.system) : undefined
      const lines = outlook ? sayOutlookLines(visit, outlook).join(visit.t('open.separator')) : ''
      return lines ? [[id, lines] as const] : []
    }),
  )
}

function linkTo(key: string) {
  return { key, href: servicePath(key) }
}
