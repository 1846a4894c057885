import { userInfo } from 'node:os'

/** Every option: its default, how it is read, and its sentence of help. Nothing else reads the environment. */
const OPTIONS = {
  DATABASE_URL: {
    help: 'Where the register is kept: sqlite:PATH, or postgres://USER:PASSWORD@HOST/DATABASE.',
    fallback: () => 'sqlite:data/last-orders.sqlite',
    read: textThat(isAddress, 'write sqlite:PATH or postgres://...'),
  },
  HOST: {
    help: 'Address to listen on. Only a loopback address until people can sign in.',
    fallback: () => '127.0.0.1',
    read: String,
  },
  PORT: {
    help: 'Port to listen on; 0 takes any free one.',
    fallback: () => '3000',
    read: wholeNumber(0, 65_535),
  },
  ACTOR: {
    help: 'The name written into the history.',
    fallback: systemUser,
    read: personName,
  },
  TIME_ZONE: {
    help: 'The zone whose calendar says what day it is today.',
    fallback: () => 'Asia/Shanghai',
    read: textThat(isTimeZone, 'is no time zone known here, for example Asia/Shanghai'),
  },
  CADENCE_DAYS: {
    help: 'How often a residual is counted; an older reading is stale, unless the residual has its own cadence.',
    fallback: () => '30',
    read: wholeNumber(1, 3650),
  },
  JUMP_FACTOR: {
    help: 'A count that falls or rises by more than this factor is asked back before it is kept.',
    fallback: () => '5',
    read: wholeNumber(2, 1000),
  },
  QUIET_DAYS: {
    help: 'Days without a call after which an observed use no longer holds a service.',
    fallback: () => '30',
    read: wholeNumber(1, 3650),
  },
  SOAK_DAYS: {
    help: 'Days of quiet watching between one shutdown wave and the next.',
    fallback: () => '0',
    read: wholeNumber(0, 3650),
  },
  RISK_PERCENT: {
    help: 'A target day is brought up when the chance to meet it is below this, in percent.',
    fallback: () => '25',
    read: wholeNumber(0, 100),
  },
  LOG_LEVEL: {
    help: 'How much is logged: debug, info, warn, error or silent.',
    fallback: () => 'info',
    read: oneOf(['debug', 'info', 'warn', 'error', 'silent']),
  },
} as const

type Name = keyof typeof OPTIONS
export type Config = { readonly [K in Name]: ReturnType<(typeof OPTIONS)[K]['read']> }
export type ConfigLine = { name: string; value: string; source: 'environment' | 'default'; help: string }
type Environment = Record<string, string | undefined>

/** Reads all options once; `defaults` stand in for the product's own. Throws a ConfigError that names every wrong one. */
export function readConfig(environment: Environment = process.env, defaults: Environment = {}): Config {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  for (const [name, { read, fallback }] of Object.entries(OPTIONS)) {
    try {
      config[name] = read(environment[name] || defaults[name] || fallback())
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      problems.push(`${name}=${environment[name]}: ${error.message}`)
    }
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return config as Config
}

export class ConfigError extends Error {}

/** All options with where their value comes from; a password in a database address is not shown. */
export function describeConfig(environment: Environment = process.env): ConfigLine[] {
  const config = readConfig(environment)
  return Object.entries(OPTIONS).map(([name, option]) => ({
    name,
    value: withoutPassword(String(config[name as Name])),
    source: environment[name] ? 'environment' : 'default',
    help: option.help,
  }))
}

export function withoutPassword(address: string): string {
  return address.replace(/:\/\/([^:@/]*):.*@/, '://$1:***@').replace(/([?&]password=)[^&]*/, '$1***')
}

function textThat(isRight: (text: string) => boolean, message: string) {
  return (text: string): string => {
    if (!isRight(text)) throw new ConfigError(message)
    return text
  }
}

function oneOf<T extends string>(values: readonly T[]) {
  return (text: string): T => {
    const found = values.find(value => value === text)
    if (found === undefined) throw new ConfigError(`must be one of ${values.join(', ')}`)
    return found
  }
}

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new ConfigError(`must be a whole number from ${least} to ${most}`)
  }
}

function personName(text: string): string {
  const name = text.trim()
  if (name === '') throw new ConfigError('must not be empty')
  if (name.length > 100) throw new ConfigError('must have at most 100 characters')
  return name
}

function isAddress(text: string): boolean {
  return /^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(text)
}

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name) || name === 'UTC'
}
