import { Command } from 'commander'
import { registerForecast } from './cli/forecast.ts'

const program = new Command('last-orders').description(
  'The register in which a company switches its old systems off',
)

registerForecast(program)

await program.parseAsync()
