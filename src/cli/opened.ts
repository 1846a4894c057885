import type { Context } from '../context.ts'

/** Does one thing with the register that the configuration names, and closes it, whatever happens. */
type WithRegister = <T>(work: (context: Context) => Promise<T>) => Promise<T>

/** A register that is there, or a database that nobody has written to: what is done to it is kept as a whole. */
export type Open = { existing: WithRegister; blank: WithRegister }
