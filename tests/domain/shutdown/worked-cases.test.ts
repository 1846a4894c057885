import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseLandscape } from '../../../src/exchange/landscape-json.ts'
import { answerOf, comparable } from '../../support/answers.ts'

/** Worked examples may lie beside the project; they are read where they are. */
const FOLDER = new URL('../../../../shared/shutdown/cases/', import.meta.url)
const cases = existsSync(FOLDER) ? readdirSync(FOLDER) : []

if (cases.length === 0) {
  test('the worked cases beside the project', ({ skip }) => skip(`no worked cases in ${FOLDER.pathname}`))
}

test.each(cases)('the worked case %s gets its answer', name => {
  const file = parseLandscape(readFileSync(new URL(`${name}/input.json`, FOLDER)))
  const expected = JSON.parse(readFileSync(new URL(`${name}/expected.json`, FOLDER), 'utf8'))
  expect(comparable(answerOf(file.landscape, file.asOf, file))).toEqual(comparable(expected))
})
