import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { answerJson } from '../domain/shutdown/answer.ts'
import { listNotThere } from '../domain/shutdown/change-names.ts'
import { type Judgement, judge, RULES_VERSION } from '../domain/shutdown/judge.ts'
import { isOffAlready } from '../domain/shutdown/what-if.ts'
import { JsonTextError } from '../exchange/json-text.ts'
import { landscapeHash } from '../exchange/landscape-hash.ts'
import { type LandscapeFile, parseLandscape } from '../exchange/landscape-json.ts'
import { LandscapeFileError } from '../exchange/row-reader.ts'
import { BadInput, sayFileTrouble } from './bad-input.ts'
import { print } from './output.ts'

/**
 * `analyze FILE`: the answer for a landscape. Nothing is printed before the whole input is known to be good. With
 * `--stamp` only what pages print below a verdict: the day, the rules, and the hash of the input.
 */
export async function analyze(name: string, { stamp }: { stamp?: true }): Promise<void> {
  const input = await readInput(name)
  if (input.ignored.length > 0) console.error(`${name}: not read: ${input.ignored.join(', ')}`)
  if (stamp) return print([`${stampOf(input)}\n`])
  const judgement = judge(input.landscape, input.asOf)
  for (const change of input.whatIf) sayWithoutEffect(name, judgement, change)
  await print(answerJson(judgement, input))
}

function sayWithoutEffect(
  name: string,
  judgement: Judgement,
  { id, ...change }: LandscapeFile['whatIf'][number],
) {
  const gone = change.off.filter(service => isOffAlready(judgement, service))
  const notThere = listNotThere(judgement, change).map(one => `${one.field} ${one.id}`)
  const say = (why: string, names: readonly string[]) => {
    if (names.length > 0) console.error(`${name}: whatIf ${id}: ${why}, changes nothing: ${names.join(', ')}`)
  }
  say('off already', gone)
  say('not there', notThere)
}

function stampOf({ asOf, landscape }: LandscapeFile): string {
  return `as of ${asOf}, rules ${RULES_VERSION}, input sha256:${landscapeHash(landscape)}`
}

async function readInput(name: string): Promise<LandscapeFile> {
  try {
    return parseLandscape(name === '-' ? await buffer(process.stdin) : await readFile(name))
  } catch (error) {
    throw isBadInput(error) ? new BadInput(`${name}: ${sayFileTrouble(error)}`) : error
  }
}

/** The file cannot be read, is not JSON, or does not say what a landscape says. */
function isBadInput(error: unknown): error is Error {
  if (error instanceof JsonTextError || error instanceof LandscapeFileError) return true
  return error instanceof Error && 'syscall' in error
}
