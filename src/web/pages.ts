/** The pages of a list: where this one starts, and the links around it. */
export type Pages = {
  offset: number
  /** This one, and how many there are. */
  page: number
  last: number
  /** Null when everything fits on one page. */
  links: { label: string; href: string | null }[] | null
}

/** `asked` is the number in the address; nonsense is the first page, and beyond the end is the last. */
export function pagesOf(
  asked: unknown,
  total: number,
  size: number,
  hrefOf: (page: number) => string,
): Pages {
  const last = Math.max(1, Math.ceil(total / size))
  const wished = typeof asked === 'string' && /^\d{1,7}$/.test(asked) ? Number(asked) : 1
  const page = Math.min(Math.max(1, wished), last)
  const offset = (page - 1) * size
  if (last === 1) return { offset, page, last, links: null }
  const near = [1, page - 2, page - 1, page, page + 1, page + 2, last].filter(one => one >= 1 && one <= last)
  const links = [...new Set(near)].map(one => ({
    label: String(one),
    href: one === page ? null : hrefOf(one),
  }))
  return { offset, page, last, links }
}
