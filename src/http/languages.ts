import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Request } from 'express'
import i18next from 'i18next'

export const LANGUAGES = ['zh', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
/** What pages declare themselves to be written in. */
export const HTML_LANGUAGES: Record<Language, string> = { zh: 'zh-CN', en: 'en' }

/** The text of a key in one language. */
export type Translate = (key: string, values?: Record<string, unknown>) => string

const LOCALES = resolve(import.meta.dirname, '../../views/locales')

const instance = i18next.createInstance()
await instance.init({
  resources: Object.fromEntries(LANGUAGES.map(language => [language, { translation: readTexts(language) }])),
  supportedLngs: LANGUAGES,
  fallbackLng: false,
  interpolation: { escapeValue: false },
})

const translators = Object.fromEntries(
  LANGUAGES.map(language => [language, translatorOf(language)]),
) as Record<Language, Translate>

export function translator(language: Language): Translate {
  return translators[language]
}

/** Chosen by the person, else asked for by the browser, else Chinese. */
export function languageOf(request: Request): Language {
  const chosen = /(?:^|;\s*)lang=(zh|en)(?:;|$)/.exec(request.headers.cookie ?? '')?.[1]
  if (isLanguage(chosen)) return chosen
  const asked = request.acceptsLanguages('zh', 'en')
  return isLanguage(asked) ? asked : 'zh'
}

export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some(language => language === text)
}

/**
 * A list of fifty rows asks for the same texts hundreds of times: each is cut at its `{{values}}` once. What
 * depends on a number being one or many is looked up every time.
 */
function translatorOf(language: Language): Translate {
  const look = instance.getFixedT(language)
  const spaced = language === 'zh' ? besideChinese : (text: string) => text
  const cuts = new Map<string, string[]>()
  return (key, values) => {
    if (values && 'count' in values) return spaced(look(ofOne(key, values.count), values))
    let cut = cuts.get(key)
    if (!cut) {
      const text = look(key, { skipInterpolation: true })
      cut = text.split(/\{\{(\w+)\}\}/)
      // What has no text, as the name of a field that somebody made up, is not kept.
      if (text !== key) cuts.set(key, cut)
    }
    return cut.length === 1 ? cut[0]! : spaced(filled(cut, values ?? {}))
  }
}

/** Chinese has no plural, but what is said of one may have other words; without such a text it is said as of many. */
function ofOne(key: string, count: unknown): string | string[] {
  return count === 1 ? [`${key}_one`, key] : key
}

/** Every second part is the name of a value. */
function filled(cut: readonly string[], values: Record<string, unknown>): string {
  let text = cut[0]!
  for (let at = 1; at < cut.length; at += 2) text += `${values[cut[at]!] ?? ''}${cut[at + 1]!}`
  return text
}

/** A text leaves a space before a number; where “at least” or “below” comes in front of it, Chinese meets Chinese. */
function besideChinese(text: string): string {
  return text.replace(/ (?=(?:至少约|至少|至多|约|低于|高于) )(?<=\p{Script=Han} )/gu, '')
}

/** All files of one language, `zh.json` and `parts/*.zh.json`: their top-level sections never overlap. */
function readTexts(language: Language): object {
  const parts = resolve(LOCALES, 'parts')
  const files = readdirSync(parts).filter(name => name.endsWith(`.${language}.json`))
  const paths = [resolve(LOCALES, `${language}.json`), ...files.map(name => resolve(parts, name))]
  return Object.assign({}, ...paths.map(path => JSON.parse(readFileSync(path, 'utf8'))))
}
