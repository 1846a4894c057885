import { sql } from 'kysely'
import { type Db, findKeyButForCase } from './columns.ts'
import { NOUNS } from './nouns.ts'

/**
 * The key that is meant by one that no system or service has: it differs in nothing but case, or was the key of that one
 * before. No guess: keys that are given differ by more, and a former key is not given away.
 */
export async function findKeyMeant(
  db: Db,
  noun: 'system' | 'service',
  key: string,
): Promise<string | undefined> {
  const alike =
    noun === 'system'
      ? await findKeyButForCase(db, NOUNS.system, key)
      : await findKeyButForCase(db, NOUNS.service, key)
  return alike ?? (await findRenamed(db, noun, key))?.key
}

/** What a system or a service that had this key before is called now; null when none had it. The history knows. */
export async function findRenamed(
  db: Db,
  noun: 'system' | 'service',
  key: string,
): Promise<{ id: number; key: string } | null> {
  const wanted = key.normalize('NFC')
  const rows = await db
    .selectFrom('audit_log')
    .select(['audit_log.noun_id', 'audit_log.before'])
    .where('noun', '=', noun)
    .where(sql<boolean>`${sql.ref('audit_log.before')} like ${patternOf(wanted)} escape '!'`)
    .orderBy('audit_log.id', 'desc')
    .execute()
  const renamed = rows.find(({ before }) => (JSON.parse(before ?? '{}') as { key?: string }).key === wanted)
  if (!renamed) return null
  const now = await db
    .selectFrom(noun)
    .select(['id', 'key'])
    .where('id', '=', renamed.noun_id)
    .executeTakeFirst()
  return now ?? null
}

/** The key as it stands in the JSON of an entry; a first sieve, as one database ignores case here. */
function patternOf(key: string): string {
  const kept = `"key":${JSON.stringify(key)}`
  return `%${kept.replace(/[!%_]/g, one => `!${one}`)}%`
}
