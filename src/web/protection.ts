import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** Answers only under a name of this machine: another name that leads here is somebody else's page at work. */
export function onlyKnownHosts(context: Context): RequestHandler {
  return (request, response, next) => {
    const host = request.headers.host ?? ''
    if (LOOPBACK.test(host) || host.split(':')[0] === context.config.HOST) return next()
    refuse(request, response)
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses a change that a page of another origin sends: the browser says where it comes from. */
export const onlyFromHere: RequestHandler = (request, _response, next) => {
  if (SAFE.has(request.method) || isFromHere(request.headers) || isScript(request)) return next()
  next(Object.assign(new Error('a change from elsewhere'), { status: 403 }))
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

/** Whoever asks under another name is told nothing of the register, not even its language. */
function refuse({ path }: Request, response: Response): void {
  const [status, detail] = [421, 'This address is not served here.']
  response.status(status)
  if (!isApi(path)) return void response.type('text').end(`${detail}\n`)
  const problem = { type: 'about:blank', title: 'Misdirected Request', status, detail }
  response.type('application/problem+json').end(JSON.stringify(problem))
}

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
