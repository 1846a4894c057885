import { createApp } from '../../src/app.ts'
import type { Context } from '../../src/context.ts'
import { serve } from './server.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer may hold anything; tests say what they expect
type Json = any
type Asked = { status: number; headers: Headers; text: string; json: Json }

/** The API of the product as a script asks it: no header that only a browser sends. */
export async function serveApi(context: Context) {
  const app = createApp(context)
  const { url } = await serve(app)
  const ask = async (path: string, init: RequestInit = {}): Promise<Asked> => {
    const response = await fetch(`${url}/api/v1${path}`, { redirect: 'manual', ...init })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson && text !== '' ? JSON.parse(text) : null,
    }
  }
  return {
    app,
    url,
    ask,
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      ask(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'accept-language': 'en', ...headers },
      }),
  }
}
