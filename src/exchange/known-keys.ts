import { isAbsent, LandscapeFileError, type Place, type Row } from './row-reader.ts'

/** Keys that the file has and nothing reads, as `services[].note`, each with the key that it may be a slip for. */
export type Ignored = Map<string, string | null>

/**
 * Notes the keys of a row that nothing reads, so that a name or a remark does not make a file unusable. A key
 * that is nearly a known one is refused: `last_seen` or `edge` overlooked would call things free that are not,
 * and so would a slip such as `gtaes`, unless the row has the key that it may be meant for.
 */
export function noteKeys(row: Row, known: ReadonlySet<string>, kind: string, place: Place, ignored: Ignored) {
  for (const key in row) {
    if (known.has(key) || !Object.hasOwn(row, key)) continue
    const name = kind === '' ? key : `${kind}.${key}`
    let slip = ignored.get(name)
    if (slip === undefined) {
      const meant = [...known].find(other => plain(other) === plain(key))
      if (meant !== undefined) refuseKey(place, key, `it is called ${meant}`)
      slip = [...known].find(other => isSlip(key, other)) ?? null
      ignored.set(name, slip)
    }
    if (slip !== null && isAbsent(row[slip])) refuseKey(place, key, `is ${slip} meant?`)
  }
}

function refuseKey(place: Place, key: string, hint: string): never {
  const path = place() === '' ? key : `${place()}.${key}`
  throw new LandscapeFileError(path, `is not a field of this format; ${hint}`)
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[-_ ]|s$/g, '')
}

/** A letter left out, or two neighbours in the wrong order. Other letters make other words: `host` is no `cost`. */
function isSlip(key: string, meant: string): boolean {
  if (meant.length < 4) return false
  const letters = [...meant].keys()
  if (key.length === meant.length - 1)
    return letters.some(at => key === meant.slice(0, at) + meant.slice(at + 1))
  return letters.some(
    at => at > 0 && key === meant.slice(0, at - 1) + meant[at] + meant[at - 1] + meant.slice(at + 1),
  )
}
