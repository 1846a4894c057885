/** Characters that are kept: some dozens of large pages, a few MB. */
const MOST = 6_000_000

/**
 * Pages as they were last written, for whoever asks for the same page of the same version. A new version of the
 * register drops them all; among them the oldest make room.
 */
export function keepPages() {
  const pages = new Map<string, string>()
  let [keptRevision, characters] = [-1, 0]

  function drop(version: string): void {
    characters -= pages.get(version)?.length ?? 0
    pages.delete(version)
  }

  return {
    /** `version` is that of one page: address, language and day included. */
    find: (version: string) => pages.get(version),
    keep(revision: number, version: string, text: string): void {
      // A page that took long may be older than what is kept by now.
      if (revision < keptRevision) return
      if (revision > keptRevision) {
        pages.clear()
        characters = 0
        keptRevision = revision
      }
      drop(version)
      pages.set(version, text)
      characters += text.length
      for (const oldest of pages.keys()) {
        if (characters <= MOST) return
        drop(oldest)
      }
    },
  }
}
