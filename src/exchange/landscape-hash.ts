import { createHash } from 'node:crypto'
import type { Landscape } from '../domain/landscape.ts'
import { canonicalText } from '../domain/shutdown/canonical.ts'

/** Names what a verdict was given on: landscapes with the same hash get the same answers, whatever their order. */
export function landscapeHash(landscape: Landscape): string {
  return createHash('sha256').update(canonicalText(landscape)).digest('hex')
}
