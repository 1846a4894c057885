import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
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

export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some(language => language === text)
}

/** Texts without values are looked up once: a list of fifty rows asks for the same word fifty times. */
function translatorOf(language: Language): Translate {
  const look = instance.getFixedT(language)
  const plain = new Map<string, string>()
  return (key, values) => {
    if (values) return look(key, values)
    let text = plain.get(key)
    if (text === undefined) {
      text = look(key)
      plain.set(key, text)
    }
    return text
  }
}

/** All files of one language, `zh.json` and `parts/*.zh.json`: their top-level sections never overlap. */
function readTexts(language: Language): object {
  const parts = resolve(LOCALES, 'parts')
  const files = readdirSync(parts).filter(name => name.endsWith(`.${language}.json`))
  const paths = [resolve(LOCALES, `${language}.json`), ...files.map(name => resolve(parts, name))]
  return Object.assign({}, ...paths.map(path => JSON.parse(readFileSync(path, 'utf8'))))
}
