import type { Wish } from './what-if-query.ts'

/** Where things are found. */

export function systemPath(key: string): string {
  return `/systems/${encodeURIComponent(key)}`
}

export function servicePath(key: string): string {
  return `/services/${encodeURIComponent(key)}`
}

export function trialPath(id: number): string {
  return `/trials/${id}`
}

export function planPath(id: number): string {
  return `/plans/${id}`
}

/** The same page with other settings; an empty one is left out of the address. */
export function pageWith(path: string, settings: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(settings).filter(
    ([, value]) => value !== null && value !== undefined && value !== '',
  )
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return query ? `${path}?${query}` : path
}

/** The page that asks what would happen if: the address holds the whole question. */
export function whatIfPath(wishes: readonly Wish[]): string {
  const query = new URLSearchParams(wishes.map(({ parameter, value }) => [parameter, value])).toString()
  return query ? `/shutdown/what-if?${query}` : '/shutdown/what-if'
}
