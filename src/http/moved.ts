import type { Request } from 'express'
import { NotFound } from '../actions/refusal.ts'
import type { Context } from '../context.ts'
import { findRenamed } from '../store/renamed.ts'

const ADDRESS = /^(?<before>(?:\/api\/v1)?\/(?:systems|services)\/)[^/?]*(?<after>.*)$/s

/** Where a thing is found now whose system or service has another key than the address says. */
export async function movedTo({ db }: Context, request: Request, error: unknown): Promise<string | null> {
  if (!(error instanceof NotFound)) return null
  const { noun, key } = error
  const address = ADDRESS.exec(request.originalUrl)?.groups
  if (!(noun === 'system' || noun === 'service') || !address?.before?.endsWith(`/${noun}s/`)) return null
  const renamed = await findRenamed(db, noun, key)
  return renamed && address.before + encodeURIComponent(renamed.key) + address.after
}
