import { restored, together } from './actions/action.ts'
import type { Config } from './config.ts'
import { withoutPassword } from './config.ts'
import type { Context } from './context.ts'
import { openDatabase } from './store/database.ts'
import type { Use } from './store/dialect.ts'
import { type StoreFailure, storeFailure } from './store/failure.ts'
import { ForeignDatabase, isBlank, migrate, NewerDatabase } from './store/migrate.ts'
import { isFolder, isThere, removeFile } from './store/sqlite-file.ts'
import { findSimulatedSince, readRevision, takeTurn } from './store/workspace.ts'

/** What a new database is filled with; `existing` refuses one that holds no register. */
export type Contents = 'register' | 'demo' | 'nothing' | 'existing'

/**
 * Opens the database, brings it up to this version, and fills it when it is new, which `tellFilled` hears of.
 * Throws CannotOpen with the reason.
 */
export async function openRegister(
  config: Config,
  contents: Contents,
  tellFilled: () => void = () => {},
): Promise<Context> {
  const context = await openContext(config, contents === 'existing' ? 'read' : 'write')
  try {
    if (await prepare(context, contents)) tellFilled()
    return context
  } catch (error) {
    await context.db.destroy()
    throw cannotOpen(config, error)
  }
}

/** Opens a register that has to be there already. */
export async function openExisting(config: Config): Promise<Context> {
  if (!isThere(config.DATABASE_URL)) throw new CannotOpen(sayTrouble(config.DATABASE_URL, new NoRegister()))
  return openRegister(config, 'existing')
}

/**
 * Fills a database that nobody has written to. Its tables come together with what they hold, or not at all: a
 * fill that fails or is killed leaves the database as it was, and a file that was made for it goes again.
 */
export async function fillRegister<T>(config: Config, fill: (context: Context) => Promise<T>): Promise<T> {
  const url = config.DATABASE_URL
  const wasThere = isThere(url)
  const context = await openContext(config, 'write')
  let isReady = false
  try {
    return await together(context, async inside => {
      await prepare(inside, 'nothing')
      isReady = true
      return fill(inside)
    })
  } catch (error) {
    throw isReady ? error : cannotOpen(config, error)
  } finally {
    const isLeftOver = !wasThere && (await isBlank(context.db).catch(() => false))
    await context.db.destroy()
    if (isLeftOver) removeFile(url)
  }
}

async function openContext(config: Config, use: Use): Promise<Context> {
  try {
    if (isFolder(config.DATABASE_URL)) throw new NoFile()
    return { db: openDatabase(config.DATABASE_URL, use), config, now: () => new Date() }
  } catch (error) {
    throw cannotOpen(config, error)
  }
}

function cannotOpen(config: Config, error: unknown): CannotOpen {
  return new CannotOpen(sayTrouble(withoutPassword(config.DATABASE_URL), error), { cause: error })
}

class CannotOpen extends Error {}

/** An empty database is no register with nothing in it: a wrong address must not pass for one. */
class NoRegister extends Error {}

/** The folder of a register, where its file is meant. */
class NoFile extends Error {}

/** Whoever asks for the demo means to play; the real register is no place for that. */
class RealRegister extends Error {
  constructor() {
    super(
      'It holds a real register, not the demo. Nothing was changed: start it without --demo, or give DATABASE_URL another file for the demo.',
    )
  }
}

/** Gives whether it was filled. */
async function prepare(context: Context, contents: Contents): Promise<boolean> {
  if (contents === 'existing' && (await isBlank(context.db))) throw new NoRegister()
  await migrate(context.db)
  if (contents === 'nothing') return false
  const isEmpty = (await readRevision(context.db)) === 0
  if (isEmpty && contents === 'existing') throw new NoRegister()
  if (isEmpty && contents !== 'existing' && (await plant(context, contents))) return true
  if (contents === 'demo' && (await findSimulatedSince(context.db)) === null) throw new RealRegister()
  return false
}

/**
 * All or nothing: a start that is killed halfway leaves a database that the next start fills. False when another
 * process has filled it meanwhile.
 */
async function plant(context: Context, contents: keyof typeof SEEDS): Promise<boolean> {
  const fill = await SEEDS[contents]()
  return restored(context, async trx => {
    if ((await takeTurn(trx)) > 0) return false
    await fill({ ...context, db: trx })
    return true
  })
}

/** Read by the first start only. */
const SEEDS = {
  demo: async () => (await import('../seeds/demo.ts')).plantDemo,
  register: async () => (await import('../seeds/plant.ts')).plantRegister,
}

/** What an operator has to know to put it right. */
export function sayTrouble(address: string, error: unknown): string {
  if (error instanceof NewerDatabase || error instanceof ForeignDatabase || error instanceof RealRegister)
    return `${address}: ${error.message}`
  if (error instanceof NoRegister) return `There is no register at ${address}; npm start makes one.`
  if (error instanceof NoFile)
    return `${address} is a folder. Give DATABASE_URL a file in it, such as ${address.replace(/\/+$/, '')}/register.sqlite.`
  if (isMissingFolder(error))
    return `${address} cannot be opened: neither its folder nor the one above it is there. Make the folder first, or give DATABASE_URL another path.`
  const failure = storeFailure(error)
  const reason = sayReason(error)
  return failure ? `${TROUBLES[failure](address)} (${reason})` : `${address} cannot be opened: ${reason}`
}

/** Only the last folder of a path is made: a whole tree of them is more often a slip. */
function isMissingFolder(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return false
  return error.code === 'ENOENT' && error.syscall === 'mkdir'
}

const TROUBLES: Record<StoreFailure, (address: string) => string> = {
  read_only: address => `${address} is read-only: this user may not write to it or to its folder.`,
  full: address => `There is no room left to write to ${address}, or its disk is failing.`,
  busy: address => `${address} is held by another program; try again when that has ended.`,
  broken: address => `${address} is not a database of Last Orders, or it is damaged. Nothing was changed.`,
  lost: address => `${address} cannot be reached.`,
}

/** A refused connection to a name with several addresses has no message of its own, only a code. */
function sayReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
