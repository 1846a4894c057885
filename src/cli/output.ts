import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Writes to standard output; a reader who has gone, as in `| head`, is no failure. */
export async function print(pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(inChunks(pieces)), process.stdout, { end: false })
  } catch (error) {
    const isReaderGone = error instanceof Error && 'code' in error && error.code === 'EPIPE'
    if (!isReaderGone) throw error
  }
}

/** Small pieces joined: one write for each would take longer than the work. */
export async function* inChunks(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let waiting: string[] = []
  let length = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    if (length < 1 << 18) continue
    yield waiting.join('')
    waiting = []
    length = 0
  }
  yield waiting.join('')
}
