import { projectFiles } from './project-files.ts'

/** The top-level sections of the texts: a key that nobody turned into words begins with one of them. */
const SECTIONS = projectFiles('views/locales', 'zh.json').flatMap(({ text }) => Object.keys(JSON.parse(text)))
const KEY = new RegExp(`(?<![\\w./@-])(?:${SECTIONS.join('|')})\\.[a-z]\\w*(?![\\w/-])`, 'g')
const NOTHING = /\b(?:undefined|NaN|null|\[object \w+\]|Infinity)\b/g
/** Between Chinese sentences stands no space. */
const SPACED = /[^\s<>]*。 +[\p{Script=Han}“][^\s<>]*/gu
/** A part of a sentence that is not there leaves two signs behind. */
const DOUBLED = /[；，、]\s*[；，、。]|; ;|, ,/g

/** What a page shows instead of words: keys of texts that are not there, and values that are nothing; and words set apart. */
export function unsaidIn(html: string): string[] {
  const shown = html
    .replace(/<(?:style|script)\b.*?<\/(?:style|script)>/gs, '')
    .replace(/\s(?:href|id|name|for|value|action|class|src|aria-\w+by|d)="[^"]*"/g, '')
  return [...new Set([KEY, NOTHING, SPACED, DOUBLED].flatMap(kind => shown.match(kind) ?? []))]
}
