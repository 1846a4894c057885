import { type Context, today } from '../context.ts'
import type { Db } from '../store/columns.ts'
import { loadEstateOutlook } from '../store/estate-forecasts.ts'
import { noteKeeping } from '../store/keepings.ts'
import { keepForecasts } from '../store/kept-forecasts.ts'
import type { EstateOutlook } from '../store/outlooks-by-id.ts'
import { takeTurn } from '../store/workspace.ts'
import { restored } from './action.ts'

/** What this process has kept last, by system: an outlook that is still the same one says nothing new. */
const keptOf = new WeakMap<Db, EstateOutlook>()

const SYSTEMS_AT_ONCE = 50

/**
 * Keeps what is now said about the systems whose forecast is another one than when it was last kept. Forecasts follow
 * from the readings, so they are no change of the register: this runs beside the changes and is not in the history.
 * It takes its turn like them all the same, or two processes would keep the same forecast twice.
 */
export async function publishForecasts(context: Context): Promise<void> {
  const { db } = context
  const day = today(context)
  const outlooks = await loadEstateOutlook(db, day)
  const kept = keptOf.get(db)
  const news = [...outlooks.values().filter(outlook => kept?.get(outlook.system.id) !== outlook)]
  for (let from = 0; from < news.length; from += SYSTEMS_AT_ONCE) {
    await restored(context, async trx => {
      await takeTurn(trx)
      await keepForecasts(trx, news.slice(from, from + SYSTEMS_AT_ONCE), day)
    })
  }
  keptOf.set(db, outlooks)
  if (news.length > 0) noteKeeping(db)
}
