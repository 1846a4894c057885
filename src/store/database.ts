import { Kysely } from 'kysely'
import { dialectOf, type Use } from './dialect.ts'
import type { Tables } from './schema.ts'

/** Opens the register at `sqlite:PATH` (made when missing) or `postgres://...`. Close it with `destroy()`. */
export function openDatabase(url: string, use: Use = 'write'): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: dialectOf(url, use) })
}
