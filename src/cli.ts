import { Command } from 'commander'
import './quick-start.js'
import { BAD_INPUT, BadInput } from './cli/bad-input.ts'
import { registerCommands } from './cli/commands.ts'

/** Runs one command: ends with 0, with 1 when it failed, with 2 when it was given something wrong. */

const program = new Command('last-orders')
  .description('The register in which a company switches its old systems off')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : BAD_INPUT))

registerCommands(program, {
  existing: async work => {
    const { readOptions } = await import('./cli/config.ts')
    const context = await (await import('./opening.ts')).openExisting(readOptions())
    return work(context).finally(() => context.db.destroy())
  },
  blank: async work => {
    const { readOptions } = await import('./cli/config.ts')
    return (await import('./opening.ts')).fillRegister(readOptions(), work)
  },
})

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof BadInput ? BAD_INPUT : 1
}
