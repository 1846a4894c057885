/** Where things live, for everything that links to them. */

export function systemPath(key: string): string {
  return `/systems/${encodeURIComponent(key)}`
}

export function servicePath(key: string): string {
  return `/services/${encodeURIComponent(key)}`
}
