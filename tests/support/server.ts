import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export type Answer = { status: number; text: string; headers: Headers }

/** The product (`createApp(context)`) on a free port of this process until the test ends. */
export async function serve(app: RequestListener) {
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    url,
    get: (path: string, headers: Record<string, string> = {}) => ask(url + path, { headers }),
    /** Sends a form as a page of the product does. A redirection is an answer, not followed. */
    post: (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      ask(url + path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'sec-fetch-site': 'same-origin', ...headers },
      }),
  }
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init })
  return { status: response.status, text: await response.text(), headers: response.headers }
}
