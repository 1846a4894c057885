import type { Kysely } from 'kysely'
import { readConfig } from '../../src/config.ts'
import type { Context } from '../../src/context.ts'
import type { Tables } from '../../src/store/schema.ts'

/** A context in which it is noon of `day` in Shanghai; options as in the environment. */
export function contextOn(day: string, db: Kysely<Tables>, options: Record<string, string> = {}): Context {
  const config = readConfig({ ACTOR: '林晓', LOG_LEVEL: 'silent', ...options })
  return { db, config, now: () => new Date(`${day}T12:00:00+08:00`) }
}
