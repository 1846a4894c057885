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

/** Small pieces joined: one write for each, or one turn of the event loop, would take longer than the work. */
export async function* inChunks(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  const chunk = new Chunk()
  if (Symbol.iterator in pieces) {
    for (const piece of pieces) if (chunk.isFullWith(piece)) yield chunk.take()
  } else {
    for await (const piece of pieces) if (chunk.isFullWith(piece)) yield chunk.take()
  }
  yield chunk.take()
}

class Chunk {
  private pieces: string[] = []
  private length = 0

  isFullWith(piece: string): boolean {
    this.pieces.push(piece)
    this.length += piece.length
    return this.length >= 1 << 18
  }

  take(): string {
    const text = this.pieces.join('')
    this.pieces = []
    this.length = 0
    return text
  }
}
