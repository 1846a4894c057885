import { LandscapeFileError, type Place, type Row } from './row-reader.ts'

/** Keys that the file has and nothing reads, as `services[].note`; each kind of row once. */
export type Ignored = Set<string>

/**
 * Notes the keys of a row that nothing reads, so that a name or a remark does not make a file unusable. A key
 * that is nearly a known one is refused: `last_seen` or `edge` overlooked would call things free that are not.
 */
export function noteKeys(row: Row, known: ReadonlySet<string>, kind: string, place: Place, ignored: Ignored) {
  for (const key in row) {
    if (known.has(key) || !Object.hasOwn(row, key)) continue
    const name = kind === '' ? key : `${kind}.${key}`
    if (ignored.has(name)) continue
    const meant = [...known].find(other => plain(other) === plain(key))
    if (meant !== undefined) {
      const path = place() === '' ? key : `${place()}.${key}`
      throw new LandscapeFileError(path, `is not a field of this format; it is called ${meant}`)
    }
    ignored.add(name)
  }
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[-_ ]|s$/g, '')
}
