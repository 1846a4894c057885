import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** Answers only under a name of this machine: another name that leads here is somebody else's page at work. */
export function onlyKnownHosts(context: Context): RequestHandler {
  return (request, response, next) => {
    const host = request.headers.host ?? ''
    if (LOOPBACK.test(host) || host.split(':')[0] === context.config.HOST) return next()
    response.status(421).type('text').end('This address is not served here.\n')
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses a change that a page of another origin sends: the browser says where it comes from. */
export const onlyFromHere: RequestHandler = (request, response, next) => {
  if (SAFE.has(request.method) || isFromHere(request.headers)) return next()
  response
    .status(403)
    .type('text')
    .end('Refused: a change must come from a page of this register (Sec-Fetch-Site or Origin).\n')
}

function isFromHere(headers: Parameters<RequestHandler>[0]['headers']): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (!headers.origin || !URL.canParse(headers.origin)) return false
  return new URL(headers.origin).host === headers.host
}
