import type { Logger } from 'pino'
import type { Config } from './config.ts'

export type Log = Record<'warn' | 'error', (about: object, message: string) => void>

/** Lines of JSON on standard output. A start has nothing to log, so the logger is read with the first line. */
export function openLog({ LOG_LEVEL: level }: Pick<Config, 'LOG_LEVEL'>): Log {
  let opened: Promise<Logger> | null = null
  const writes = (kind: keyof Log) => (about: object, message: string) => {
    opened ??= import('pino').then(({ pino }) => pino({ level }))
    opened.then(
      logger => logger[kind](about, message),
      () => console.error(message, about),
    )
  }
  return { warn: writes('warn'), error: writes('error') }
}
