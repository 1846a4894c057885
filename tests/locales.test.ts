import { describe, expect, test } from 'vitest'
import { translator } from '../src/http/languages.ts'
import { projectFiles } from './support/project-files.ts'

const LANGUAGES = ['zh', 'en'] as const
const texts = Object.fromEntries(LANGUAGES.map(language => [language, textsOf(language)]))
const used = [...projectFiles('src', '.ts'), ...projectFiles('views', '.ejs', '.js')].flatMap(keysIn)

test('both languages have the same texts', () => {
  expect([...texts.en!.keys()].sort()).toEqual([...texts.zh!.keys()].sort())
})

test('both languages fill in the same places', () => {
  const different = [...texts.zh!].filter(([key, text]) => {
    const other = texts.en!.get(key)
    return other !== undefined && places(other).join() !== places(text).join()
  })
  expect(different.map(([key]) => key)).toEqual([])
})

test('no text is empty or defined in two files', () => {
  for (const language of LANGUAGES) expect(keysTwice(language), language).toEqual([])
  for (const [key, text] of [...texts.zh!, ...texts.en!]) expect(text.trim(), key).not.toBe('')
})

describe.each(LANGUAGES)('in %s', language => {
  const keys = [...texts[language]!.keys()]
  const isThere = (key: string) =>
    key.endsWith('*') ? keys.some(known => known.startsWith(key.slice(0, -1))) : keys.includes(key)
  const isPlural = (key: string) => keys.includes(`${key}_other`)

  test('every text that code or a view asks for exists', () => {
    const missing = used.filter(({ key }) => !isThere(key) && !isPlural(key))
    expect(missing.map(({ key, path }) => `${key} in ${path}`)).toEqual([])
  })
})

test('what is said of one in other words than of many is said so in Chinese too', () => {
  const t = translator('zh')
  const ring = (services: string, count: number) => t('problem.shutdown.ring_off', { services, count })
  expect(ring('tc', 1)).toContain('它和 tc 互相调用，对方也停着')
  expect(ring('tc、db', 2)).toContain('它和 tc、db（2 个）的调用成环')
  expect(t('money.unknown', { count: 1 })).toBe(t('money.unknown'))
})

test('no space stands before a Chinese word that a number begins with', () => {
  const t = translator('zh')
  const total = (number: string) => t('chart.lastTotal', { day: '2026-03-31', total: number })
  expect(total('至少约 4,370')).toBe('2026-03-31 合计至少约 4,370。')
  expect(total('4,370')).toBe('2026-03-31 合计 4,370。')
  expect(t('done.targetChance', { to: '低于 5%' })).toContain('可能是低于 5%')
})

/** All texts of one language by their full key, from every file whose name ends in it. */
function textsOf(language: string): Map<string, string> {
  return new Map(pairsOf(language))
}

function keysTwice(language: string): string[] {
  const keys = pairsOf(language).map(([key]) => key)
  return keys.filter((key, index) => keys.indexOf(key) !== index)
}

function pairsOf(language: string): [string, string][] {
  const files = projectFiles('views/locales', `${language}.json`)
  return files.flatMap(file => flatten(JSON.parse(file.text), ''))
}

function flatten(tree: object, prefix: string): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? flatten(value, `${prefix}${name}.`)
      : [[prefix + name, `${value}`]],
  )
}

function places(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(match => match[1]!).sort()
}

/** The keys that a file translates; one that is put together counts as its beginning and a star. */
function keysIn(file: { path: string; code: string }): { key: string; path: string }[] {
  const calls = file.code.matchAll(/(?<![\w$])t\(\s*(?:'([^']+)'|"([^"]+)"|`([^`]+)`)/g)
  return [...calls].map(([, single, double, template]) => ({
    key: (single ?? double ?? template!).replace(/\$\{.*$/s, '*'),
    path: file.path,
  }))
}
