import { z } from 'zod'
import { optionalWholeNumber } from '../actions/input.ts'
import type { Asked } from './endpoint.ts'
import { number, text } from './shapes.ts'

/** Lists come in pages, counted from 1; an empty page lies behind the last. */

const MOST = 200
const USUAL = 50

/** The two query parameters of every list. */
export const PAGING = {
  page: optionalWholeNumber(1, 1_000_000).meta({
    type: 'integer',
    minimum: 1,
    description: 'Counted from 1',
  }),
  limit: optionalWholeNumber(1, MOST).meta({
    type: 'integer',
    minimum: 1,
    maximum: MOST,
    description: `How many on a page; ${USUAL} unless said`,
  }),
}

type AskedPage = { page: number | null; limit: number | null }

export function pageAsked({ page, limit }: AskedPage): { limit: number; offset: number } {
  const size = limit ?? USUAL
  return { limit: size, offset: ((page ?? 1) - 1) * size }
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    total: number.describe('How many there are on all pages'),
    page: number,
    limit: number,
    next: text.nullable().describe('Address of the next page; null on the last'),
    items: z.array(item),
  })
}

export function paged<T>({ address }: Asked, asked: AskedPage, total: number, items: T[]) {
  const { limit, offset } = pageAsked(asked)
  const page = asked.page ?? 1
  const isLast = offset + limit >= total
  return { total, page, limit, next: isLast ? null : withPage(address, page + 1), items }
}

function withPage(address: string, page: number): string {
  const next = new URL(address, 'http://here')
  next.searchParams.set('page', String(page))
  return next.pathname + next.search
}

/** The page of a list that is at hand as a whole. */
export function pageFrom<T>(all: readonly T[], asked: AskedPage): T[] {
  const { limit, offset } = pageAsked(asked)
  return all.slice(offset, offset + limit)
}
