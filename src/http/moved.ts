import type { Request } from 'express'
import { NotFound } from '../actions/refusal.ts'
import type { Context } from '../context.ts'
import { findKeyMeant } from '../store/renamed.ts'

const ADDRESS = /^(?<before>(?:\/api\/v1)?\/(?:systems|services)\/)[^/?]*(?<after>.*)$/s

/** Where a thing is found whose system or service has another key than the address says: a later one, or in another case. */
export async function movedTo({ db }: Context, request: Request, error: unknown): Promise<string | null> {
  if (!(error instanceof NotFound)) return null
  const { noun, key } = error
  const address = ADDRESS.exec(request.originalUrl)?.groups
  if (!(noun === 'system' || noun === 'service') || !address?.before?.endsWith(`/${noun}s/`)) return null
  const meant = await findKeyMeant(db, noun, key)
  return meant === undefined ? null : address.before + encodeURIComponent(meant) + address.after
}
