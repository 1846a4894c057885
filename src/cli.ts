import { Command } from 'commander'
import { registerAnalyze } from './cli/analyze.ts'
import { registerForecast } from './cli/forecast.ts'

const program = new Command('last-orders').description(
  'The register in which a company switches its old systems off',
)

registerAnalyze(program)
registerForecast(program)

await program.parseAsync()
