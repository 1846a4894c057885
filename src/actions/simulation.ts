import { type Context, today } from '../context.ts'
import { markSimulated, takeRevision } from '../store/workspace.ts'
import { restored } from './action.ts'

/** Says once and for all that the register shows simulated data: every page then says so too. Its revision has no entry: nothing registered changed. */
export async function markRegisterSimulated(context: Context): Promise<void> {
  await restored(context, async trx => {
    await takeRevision(trx)
    await markSimulated(trx, today(context))
  })
}
