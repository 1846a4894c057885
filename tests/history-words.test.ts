import { expect, test } from 'vitest'
import { LANGUAGES, translator } from '../src/http/languages.ts'
import { NOUNS } from '../src/store/nouns.ts'
import { HIDDEN_FIELDS } from '../src/web/history/history-lines.ts'

test.each(LANGUAGES)('the history can name every field that a change can touch, in %s', language => {
  const t = translator(language)
  const { reading: _whole, ...nouns } = NOUNS
  const names = Object.values(nouns).flatMap(({ names }) => Object.keys(names))
  const asked = [...new Set(names)].filter(
    name => !HIDDEN_FIELDS.has(name) && name !== 'id' && name !== 'version',
  )
  expect(asked.filter(name => t(`field.${name}`) === `field.${name}`)).toEqual([])
})
