import type { Command } from 'commander'
import { describeConfig } from '../config.ts'
import { print } from './output.ts'

/** `config`: every option with its value, where that comes from, and what it does. */
export function registerConfig(program: Command): void {
  program
    .command('config')
    .description('Print all options with their values and where they come from')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: true }) => print([json ? asJson() : asText()]))
}

function asJson(): string {
  return `${JSON.stringify(describeConfig(), null, 2)}\n`
}

function asText(): string {
  const lines = describeConfig().map(
    ({ name, value, source, help }) => `${name}=${value} (${source})\n    ${help}\n`,
  )
  return lines.join('')
}
