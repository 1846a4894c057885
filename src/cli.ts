import { Command } from 'commander'
import { registerAnalyze } from './cli/analyze.ts'
import { BAD_INPUT, BadInput } from './cli/bad-input.ts'
import { registerConfig } from './cli/config.ts'
import { registerExport } from './cli/export.ts'
import { registerForecast } from './cli/forecast.ts'
import { registerImport } from './cli/import.ts'
import { registerLandscape } from './cli/landscape.ts'
import { registerVerify } from './cli/verify.ts'
import { ConfigError, readConfig } from './config.ts'
import { openExisting, openRegister } from './opening.ts'

/** Runs one command: ends with 0, with 1 when it failed, with 2 when it was given something wrong. */

const program = new Command('last-orders')
  .description('The register in which a company switches its old systems off')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : BAD_INPUT))

const open = (where: 'existing' | 'new') =>
  where === 'existing' ? openExisting(readConfig()) : openRegister(readConfig(), 'nothing')

registerConfig(program)
registerExport(program, open)
registerImport(program, open)
registerVerify(program, open)
registerLandscape(program, open)
registerAnalyze(program)
registerForecast(program)

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof BadInput || error instanceof ConfigError ? BAD_INPUT : 1
}
