import { plantRegister } from '../seeds/plant.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { openDatabase } from './store/database.ts'
import { migrate } from './store/migrate.ts'
import { readRevision } from './store/workspace.ts'

export type Contents = 'register' | 'demo' | 'nothing'

/** Opens the database, brings it up to this version, and fills it when it is new. */
export async function openRegister(config: Config, contents: Contents): Promise<Context> {
  const db = openDatabase(config.DATABASE_URL)
  const context: Context = { db, config, now: () => new Date() }
  try {
    await migrate(db)
    if (contents !== 'nothing' && (await readRevision(db)) === 0) await plant(context, contents)
    return context
  } catch (error) {
    await db.destroy()
    throw error
  }
}

async function plant(context: Context, _contents: Contents): Promise<void> {
  await plantRegister(context)
}
