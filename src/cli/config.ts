import { type Config, ConfigError, describeConfig, readConfig } from '../config.ts'
import { BadInput } from './bad-input.ts'
import { print } from './output.ts'

/** `config`: every option with its value, where that comes from, and what it does. */
export async function printConfig({ json }: { json?: true }): Promise<void> {
  await print([json ? asJson() : asText()])
}

export function readOptions(): Config {
  return refusing(readConfig)
}

function asJson(): string {
  return `${JSON.stringify(refusing(describeConfig), null, 2)}\n`
}

function asText(): string {
  const lines = refusing(describeConfig).map(
    ({ name, value, source, help }) => `${name}=${value} (${source})\n    ${help}\n`,
  )
  return lines.join('')
}

function refusing<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ConfigError ? new BadInput(error.message) : error
  }
}
