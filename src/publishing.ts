import { publishForecasts } from './actions/forecasts.ts'
import { type Context, today } from './context.ts'
import type { Log } from './log.ts'
import { readRevision } from './store/workspace.ts'

const PAUSE_MS = 2000

/** Keeps what is forecast, shortly after each change and on each new day, until the process ends. */
export function startPublishing(context: Context, log: Log): void {
  let [published, tidiedOn] = ['', '']
  const publish = async () => {
    try {
      const day = today(context)
      const state = `${await readRevision(context.db)} ${day}`
      if (state !== published) await publishForecasts(context)
      published = state
      if (tidiedOn !== day) await giveMemoryBack()
      tidiedOn = day
    } catch (error) {
      log.warn({ err: error }, 'forecasts could not be kept; trying again')
    }
    setTimeout(publish, PAUSE_MS).unref()
  }
  setTimeout(publish, PAUSE_MS).unref()
}

/**
 * The first forecasts of a day leave behind many times what is kept of them, and node would hold on to that memory as
 * long as it can. Does nothing without `--expose-gc`, with which `npm start` runs.
 */
async function giveMemoryBack(): Promise<void> {
  await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' })
}
