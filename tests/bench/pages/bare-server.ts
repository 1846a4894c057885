import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bareOverview, bareShutdown, bareSystem } from './bare-pages.ts'
import { bareQueries } from './bare-queries.ts'
import { bareWriter } from './bare-writes.ts'

/** The bare server in a process of its own: `node bare-server.ts DATABASE`; the product's pages come as a message. */

/** The product's own page, whose rest fills up what the bare one lacks, and its headers. */
type Page = { text: string; headers: Record<string, string> }
export type Pages = Record<'overview' | 'system' | 'shutdown', Page>

const queries = bareQueries(process.argv[2]!)
const write = bareWriter(queries)
const yearAgo = dayBefore(365)
const from = dayBefore(365 + 62)

process.once('message', (pages: Pages) => {
  const server = createServer((request, response) => {
    const url = request.url ?? '/'
    if (request.method === 'POST') return takeReading(request, response)
    if (url === '/') return send(response, pages.overview, bareOverview(queries, yearAgo))
    if (url === '/shutdown') return send(response, pages.shutdown, bareShutdown(queries))
    send(response, pages.system, bareSystem(queries, url.slice('/systems/'.length), from))
  })
  server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))
})

function send(response: ServerResponse, { text, headers }: Page, html: string): void {
  const body = html + text.slice(html.length)
  response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
}

function takeReading(request: IncomingMessage, response: ServerResponse): void {
  void (async () => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const [name, count] = [...form].find(([field]) => field.startsWith('count-'))!
    const revision = write(Number(name.slice('count-'.length)), form.get('day')!, Number(count))
    response.writeHead(303, { location: `${request.url}?done=${revision}` }).end()
  })()
}

function dayBefore(days: number): string {
  return Temporal.Now.plainDateISO('Asia/Shanghai').subtract({ days }).toString()
}
