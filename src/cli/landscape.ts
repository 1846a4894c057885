import { asOfOneMoment } from '../actions/action.ts'
import { today } from '../context.ts'
import { landscapeJson } from '../exchange/landscape-json.ts'
import { loadLandscape } from '../store/landscape.ts'
import { type Open, withRegister } from './opened.ts'
import { print } from './output.ts'

/** `landscape`: what the shutdown pages judge today, in the format that `analyze` reads. */
export async function printLandscape(open: Open): Promise<void> {
  await print([await withRegister(open, 'existing', landscapeText)])
}

async function landscapeText(context: Parameters<typeof asOfOneMoment>[0]): Promise<string> {
  const day = today(context)
  const days = { quietDays: context.config.QUIET_DAYS, soakDays: context.config.SOAK_DAYS }
  const landscape = await asOfOneMoment(context, db => loadLandscape(db, day, days))
  return `${landscapeJson(landscape, day)}\n`
}
