import type { Context } from '../context.ts'
import { markSimulated } from '../store/workspace.ts'
import { audited } from './action.ts'

/** Says once and for all that the register shows simulated data: every page then says so too. */
export async function markRegisterSimulated(context: Context): Promise<void> {
  await audited(context, 'mark-register-simulated', async (trx, { today }) => {
    await markSimulated(trx, today)
    return { result: undefined, changes: [] }
  })
}
