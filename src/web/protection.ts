import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** Answers only under a name of this machine: another name that leads here is somebody else's page at work. */
export function onlyKnownHosts(context: Context): RequestHandler {
  return (request, response, next) => {
    const host = request.headers.host ?? ''
    if (LOOPBACK.test(host) || host.split(':')[0] === context.config.HOST) return next()
    refuse(request, response, 421, 'This address is not served here.')
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses a change that a page of another origin sends: the browser says where it comes from. */
export const onlyFromHere: RequestHandler = (request, response, next) => {
  if (SAFE.has(request.method) || isFromHere(request.headers) || isScript(request)) return next()
  if (!isApi(request.path)) return next(Object.assign(new Error('a change from elsewhere'), { status: 403 }))
  refuse(
    request,
    response,
    403,
    'Refused: a change must come from a page of this register (Sec-Fetch-Site or Origin).',
  )
}

function isFromHere(headers: Parameters<RequestHandler>[0]['headers']): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (!headers.origin || !URL.canParse(headers.origin)) return false
  return new URL(headers.origin).host === headers.host
}

/**
 * A program that speaks to the API says nothing of where it comes from. A browser does; and the API takes only JSON, which no
 * page of another origin can send without asking first.
 */
function isScript({ path, headers }: Request): boolean {
  return isApi(path) && headers['sec-fetch-site'] === undefined && headers.origin === undefined
}

function isApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/')
}

function refuse({ path }: Request, response: Response, status: keyof typeof TITLES, text: string): void {
  response.status(status)
  if (!isApi(path)) return void response.type('text').end(`${text}\n`)
  const problem = { type: 'about:blank', title: TITLES[status], status, detail: text }
  response.type('application/problem+json').end(JSON.stringify(problem))
}

// Not from `node:http`: an import of it by name reads the HTTP client as well, 40 ms of every start.
const TITLES = { 403: 'Forbidden', 421: 'Misdirected Request' } as const

/** No key and no text holds a NUL, and PostgreSQL cannot be asked for one: an address with one names nothing. */
export const withoutNul: RequestHandler = ({ originalUrl }, _response, next) => {
  const isBroken = originalUrl.includes('%00')
  next(isBroken ? Object.assign(new Error('a NUL in the address'), { status: 400 }) : undefined)
}

/** What every answer says of itself: no script, style or frame but our own. */
export const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'form-action': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  // Served on a loopback address without TLS; a proxy in front adds it.
  strictTransportSecurity: false,
} as const
