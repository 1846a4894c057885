import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

/** `npm start` on a free port, as an operator starts it; ended with the test. Rejects with what it printed. */
export async function startServer(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', './src/quick-start.js', 'src/server.ts'], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return ended
  }
  onTestFinished(async () => {
    await stop('SIGKILL')
  })

  let printed = ''
  const url = await new Promise<string>((found, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', chunk => {
        printed += chunk
        const address = /http:\/\/[\w.:[\]]+/.exec(printed)
        if (address) found(address[0])
      })
    }
    ended.then(code => failed(new Error(`the server ended with ${code}: ${printed}`)))
  })
  return { url, stop, printed: () => printed }
}
