import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { answerJson } from '../domain/shutdown/answer.ts'
import { judge } from '../domain/shutdown/judge.ts'
import { JsonTextError } from '../exchange/json-text.ts'
import { type LandscapeFile, parseLandscape } from '../exchange/landscape-json.ts'
import { LandscapeFileError } from '../exchange/row-reader.ts'

/** Exit code of a command that was given something it cannot read. */
const BAD_INPUT = 2

export function registerAnalyze(program: Command): void {
  program
    .command('analyze')
    .description('Judge which services of a landscape file can be shut down, and print the answer as JSON')
    .argument('<file>', 'landscape as JSON; - reads standard input')
    .action(analyze)
}

/** Nothing is printed before the whole input is known to be good. */
async function analyze(name: string): Promise<void> {
  const input = await readInput(name)
  if (!input) return
  if (input.ignored.length > 0) console.error(`${name}: not read: ${input.ignored.join(', ')}`)
  const judgement = judge(input.landscape, input.asOf)
  await print(inChunks(answerJson(judgement, input)))
}

async function readInput(name: string): Promise<LandscapeFile | null> {
  try {
    return parseLandscape(name === '-' ? await buffer(process.stdin) : await readFile(name))
  } catch (error) {
    if (!isBadInput(error)) throw error
    console.error(`${name}: ${error.message}`)
    process.exitCode = BAD_INPUT
    return null
  }
}

/** The file cannot be read, is not JSON, or does not say what a landscape says. */
function isBadInput(error: unknown): error is Error {
  if (error instanceof JsonTextError || error instanceof LandscapeFileError) return true
  return error instanceof Error && 'syscall' in error
}

async function print(text: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false })
  } catch (error) {
    const isReaderGone = error instanceof Error && 'code' in error && error.code === 'EPIPE'
    if (!isReaderGone) throw error
  }
}

/** Small pieces joined: one write for each would take longer than the analysis. */
function* inChunks(pieces: Iterable<string>): Generator<string> {
  let waiting: string[] = []
  let length = 0
  for (const piece of pieces) {
    waiting.push(piece)
    length += piece.length
    if (length < 1 << 18) continue
    yield waiting.join('')
    waiting = []
    length = 0
  }
  yield waiting.join('')
}
