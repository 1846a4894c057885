import { Kysely } from 'kysely'
import { dialectOf } from './dialect.ts'
import type { Tables } from './schema.ts'

/** Opens the register at `sqlite:PATH` (made when missing) or `postgres://...`. Close it with `destroy()`. */
export function openDatabase(url: string): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: dialectOf(url) })
}
