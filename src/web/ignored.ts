import { InputRefused } from '../actions/refusal.ts'
import type { Visit } from './visit.ts'

/** What the address filters by, as far as it was understood. */
export type Understood = Readonly<Record<string, string | undefined>>

/** What the address filters by and nobody understands, in a sentence; null when all of it was understood. */
export function sayIgnored(visit: Visit, understood: Understood): string | null {
  const filters = listIgnored(visit, understood, Object.keys(understood)).map(({ filter }) => filter)
  return filters.length > 0 ? visit.t('form.ignoredFilter', { filter: filters.join(', ') }) : null
}

/**
 * A file has no place to say so, and would pass for what was asked for: it is refused for a name that nobody knows as for a
 * value. Throws InputRefused.
 */
export function refuseIgnored(visit: Visit, understood: Understood): void {
  const problems = listIgnored(visit, understood, Object.keys(visit.request.query)).map(
    ({ name, filter }) => ({
      path: name,
      code: 'input.unknown_filter',
      values: { filter },
    }),
  )
  if (problems.length > 0) throw new InputRefused(problems)
}

type Ignored = { name: string; filter: string }

function listIgnored({ request }: Visit, understood: Understood, names: readonly string[]): Ignored[] {
  return names.flatMap(name => {
    const text = [request.query[name] ?? ''].flat().join(', ').trim()
    const filter = `${name}=${[...text].slice(0, 40).join('')}`
    return text !== '' && !understood[name] ? [{ name, filter }] : []
  })
}
