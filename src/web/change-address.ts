import type { Visit } from './visit.ts'

/**
 * A visit that notices the change it makes, and where it goes then: the address carries that change, so that the page
 * tells of this one and not of whatever was changed last, and says so where nothing was.
 */
export function noticing(visit: Visit): { visit: Visit; addressOf: (path: string) => string } {
  const made: number[] = []
  const changed = (revision: number) => made.push(revision)
  return {
    visit: { ...visit, context: { ...visit.context, changed } },
    addressOf: path => withDone(path, made.at(-1)),
  }
}

function withDone(path: string, revision: number | undefined): string {
  const address = new URL(path, 'http://here')
  address.searchParams.set('done', revision === undefined ? 'unchanged' : String(revision))
  return `${address.pathname}${address.search}${address.hash}`
}
