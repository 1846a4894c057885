import { asOfOneMoment } from '../actions/action.ts'
import { findDifferences } from '../store/verify.ts'
import type { Open } from './opened.ts'
import { print } from './output.ts'

/** `verify`: code 0 when every kept total is what the readings come to, 1 and the list of differences otherwise. */
export async function verify(open: Open): Promise<void> {
  const differences = await open.existing(context => asOfOneMoment(context, findDifferences))
  const lines = differences.map(
    ({ table, row, column, kept, derived }) =>
      `${table} ${row}: ${column} is ${JSON.stringify(kept)}, the readings say ${JSON.stringify(derived)}\n`,
  )
  await print(lines.length > 0 ? lines : ['All totals agree with the readings.\n'])
  if (lines.length > 0) process.exitCode = 1
}
