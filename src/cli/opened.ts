import type { Context } from '../context.ts'

type Opened = { context: Context; close: () => Promise<void> }

/** Opens the register that the configuration names; `new` makes one where there is none. */
export type Open = (where: 'existing' | 'new') => Promise<Opened>

/** Does one thing with the register and closes it, whatever happens. */
export async function withRegister<T>(
  open: Open,
  where: 'existing' | 'new',
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const { context, close } = await open(where)
  try {
    return await work(context)
  } finally {
    await close()
  }
}
