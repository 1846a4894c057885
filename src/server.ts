import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import './quick-start.js'
import type { Context } from './context.ts'

/** Starts the product and stops it cleanly: `--demo` opens the labelled simulated register instead. */

// From here on everything comes out of the cache.
const { ConfigError, readConfig, withoutPassword } = await import('./config.ts')
const { createApp } = await import('./app.ts')
const { openLog } = await import('./log.ts')
const { openRegister } = await import('./opening.ts')
const { startPublishing } = await import('./publishing.ts')

const isDemo = process.argv.includes('--demo')

try {
  await start()
} catch (error) {
  console.error(sayFailure(error))
  process.exit(1)
}

async function start(): Promise<void> {
  const config = readConfig(undefined, isDemo ? { DATABASE_URL: 'sqlite:data/demo.sqlite' } : {})
  refuseOpenAddress(config.HOST)
  let isNew = false
  const context = await openRegister(config, isDemo ? 'demo' : 'register', () => {
    isNew = true
  })
  console.log(`Database: ${withoutPassword(config.DATABASE_URL)}${isNew ? sayFilled() : ''}`)
  const server = createApp(context).listen(config.PORT, config.HOST)
  server.once('error', error => {
    console.error(sayListenFailure(error, config.HOST, config.PORT))
    process.exit(1)
  })
  server.once('listening', () => {
    const { port } = server.address() as AddressInfo
    const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST
    console.log(`Last Orders 末单: http://${host}:${port}/`)
    startPublishing(context, openLog(config))
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(server, context))
}

/** A mistyped address makes a new register: whoever starts the product has to see that it did. */
function sayFilled(): string {
  const contents = isDemo ? 'a simulated history' : 'the register of day one'
  return ` (new: filled with ${contents})`
}

/** Anybody who reaches the address could change the register, so only this machine may. */
function refuseOpenAddress(host: string): void {
  if (/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)) return
  throw new ConfigError(
    `HOST=${host}: people cannot sign in yet, so whoever reaches the address could change the register.\n` +
      'Use a loopback address (127.0.0.1, ::1 or localhost).',
  )
}

/** Lets what is under way finish; connections that only wait are closed at once. */
async function stop(server: Server, { db }: Context): Promise<void> {
  server.close(async () => {
    await db.destroy()
    process.exit(0)
  })
  // A connection that was busy at this moment is kept alive by Node once it has been answered.
  server.closeIdleConnections()
  setInterval(() => server.closeIdleConnections(), 50).unref()
  setTimeout(() => server.closeAllConnections(), 5000).unref()
}

function sayListenFailure(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} on ${host} is taken. Stop what listens there, or choose another: PORT=3001 npm start`
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this user. Choose one above 1023: PORT=3001 npm start`
  return `Cannot listen on ${host}:${port}: ${error.message}`
}

function sayFailure(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
