/** The text of a part of a page, without its marks. */
export function textOf(html: string, start: string, end: string): string {
  const from = html.indexOf(start)
  const part = html.slice(from, html.indexOf(end, from))
  return part.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}
