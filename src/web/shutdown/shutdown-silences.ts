import { pageWith, servicePath } from '../../http/addresses.ts'
import type { ShutdownFacts } from '../../http/shutdown-facts.ts'
import { sayNumber } from '../../http/words.ts'
import { pagesOf } from '../pages.ts'
import type { Visit } from '../visit.ts'
import { sayingWorth } from './worth.ts'

const PAGE = 50

/** Among what blocks, all silences share a line that leads to their own list; null where there are none. */
export function silencesLine({ t, language }: Visit, { silences }: ShutdownFacts): string | null {
  const values = { count: silences.length, number: sayNumber(language, silences.length) }
  return silences.length > 0 ? t('shutdown.waiting', values) : null
}

/** The services that nobody has confirmed, the most valuable first, each leading to the form that confirms it. */
export function unconfirmedRows(visit: Visit, facts: ShutdownFacts) {
  const { silences, tell } = facts
  const pages = pagesOf(
    visit.request.query.unconfirmed,
    silences.length,
    PAGE,
    page => `${pageWith('/shutdown', { unconfirmed: page })}#unconfirmed`,
  )
  const worthOf = sayingWorth(visit, facts)
  const shown = silences.slice(pages.offset, pages.offset + PAGE).map(tell)
  const rows = shown.map(silence => {
    const [key = ''] = silence.services
    const href = servicePath(key)
    return { key, href, confirm: `${href}/no-consumers`, ...worthOf(silence) }
  })
  return { pages, rows }
}
