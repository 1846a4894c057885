import { userInfo } from 'node:os'
import { z } from 'zod'

/** Every option: its default, how it is read, and its sentence of help. Nothing else reads the environment. */
const OPTIONS = {
  DATABASE_URL: {
    help: 'Where the register is kept: sqlite:PATH, or postgres://USER:PASSWORD@HOST/DATABASE.',
    fallback: () => 'sqlite:data/last-orders.sqlite',
    schema: z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, 'write sqlite:PATH or postgres://...'),
  },
  HOST: {
    help: 'Address to listen on. Only a loopback address until people can sign in.',
    fallback: () => '127.0.0.1',
    schema: z.string(),
  },
  PORT: {
    help: 'Port to listen on; 0 takes any free one.',
    fallback: () => '3000',
    schema: wholeNumber(0, 65_535),
  },
  ACTOR: {
    help: 'The name written into the history.',
    fallback: systemUser,
    schema: z.string().trim().min(1, 'must not be empty').max(100, 'must have at most 100 characters'),
  },
  TIME_ZONE: {
    help: 'The zone whose calendar says what day it is today.',
    fallback: () => 'Asia/Shanghai',
    schema: z.string().refine(isTimeZone, 'is no time zone known here, for example Asia/Shanghai'),
  },
  CADENCE_DAYS: {
    help: 'How often a residual is counted; an older reading is stale, unless the residual has its own cadence.',
    fallback: () => '30',
    schema: wholeNumber(1, 3650),
  },
  JUMP_FACTOR: {
    help: 'A count that falls or rises by more than this factor is asked back before it is kept.',
    fallback: () => '5',
    schema: wholeNumber(2, 1000),
  },
  QUIET_DAYS: {
    help: 'Days without a call after which an observed use no longer holds a service.',
    fallback: () => '30',
    schema: wholeNumber(1, 3650),
  },
  SOAK_DAYS: {
    help: 'Days of quiet watching between one shutdown wave and the next.',
    fallback: () => '0',
    schema: wholeNumber(0, 3650),
  },
  RISK_PERCENT: {
    help: 'A target day is brought up when the chance to meet it is below this, in percent.',
    fallback: () => '25',
    schema: wholeNumber(0, 100),
  },
  LOG_LEVEL: {
    help: 'How much is logged: debug, info, warn, error or silent.',
    fallback: () => 'info',
    schema: z.enum(
      ['debug', 'info', 'warn', 'error', 'silent'],
      'must be debug, info, warn, error or silent',
    ),
  },
} as const

type Name = keyof typeof OPTIONS
export type Config = { readonly [K in Name]: z.output<(typeof OPTIONS)[K]['schema']> }
export type ConfigLine = { name: string; value: string; source: 'environment' | 'default'; help: string }
type Environment = Record<string, string | undefined>

/** Reads all options once; `defaults` stand in for the product's own. Throws a ConfigError that names every wrong one. */
export function readConfig(environment: Environment = process.env, defaults: Environment = {}): Config {
  const problems: string[] = []
  const config: Record<string, unknown> = {}
  for (const [name, option] of Object.entries(OPTIONS)) {
    const read = option.schema.safeParse(environment[name] || defaults[name] || option.fallback())
    if (read.success) config[name] = read.data
    else
      problems.push(
        `${name}=${environment[name]}: ${read.error.issues.map(issue => issue.message).join(', ')}`,
      )
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

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine(value => value >= least && value <= most, message)
}

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}

/** By every name that the zone has; `Intl` lists only one of them. */
function isTimeZone(name: string): boolean {
  // An offset, or a moment with its zone, would do too, but has no name to show.
  if (!/^[a-z][\w+/-]*$/i.test(name)) return false
  try {
    return Temporal.Now.plainDateISO(name) !== null
  } catch {
    return false
  }
}
