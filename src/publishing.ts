import { publishForecasts } from './actions/forecasts.ts'
import { type Context, today } from './context.ts'
import type { Log } from './log.ts'
import { readRevision } from './store/workspace.ts'

const PAUSE_MS = 2000

/** Keeps what is forecast, shortly after each change and on each new day, until the process ends. */
export function startPublishing(context: Context, log: Log): void {
  let published = ''
  const publish = async () => {
    try {
      const state = `${await readRevision(context.db)} ${today(context)}`
      if (state !== published) await publishForecasts(context)
      published = state
    } catch (error) {
      log.warn({ err: error }, 'forecasts could not be kept; trying again')
    }
    setTimeout(publish, PAUSE_MS).unref()
  }
  setTimeout(publish, PAUSE_MS).unref()
}
