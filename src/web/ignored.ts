import type { Visit } from './visit.ts'

/** What the address filters by and nobody understands, in a sentence; null when all of it was understood. */
export function sayIgnored(
  { t, request }: Visit,
  understood: Readonly<Record<string, string | undefined>>,
): string | null {
  const ignored = Object.keys(understood).flatMap(name => {
    const given = request.query[name]
    const text = typeof given === 'string' ? given.trim() : ''
    return text !== '' && !understood[name] ? [`${name}=${[...text].slice(0, 40).join('')}`] : []
  })
  return ignored.length > 0 ? t('form.ignoredFilter', { filter: ignored.join(', ') }) : null
}
