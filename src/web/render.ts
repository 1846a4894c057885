import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ejs from 'ejs'

const VIEWS = resolve(import.meta.dirname, '../../views')

/** Every name that a view may be given; what it is not given is undefined. */
const LOCALS = ['t', 'lang', 'page', 'it', 'chart', 'drawing', 'field', 'body', 'round', 'row']

/** Views include one another by the path from here: one by its place beside the other is looked for on disk each time. */
const OPTIONS = { root: VIEWS, cache: true, strict: true, destructuredLocals: LOCALS, escape: escapeHtml }

const templates = new Map<string, ejs.TemplateFunction>()

/** A view as text. Rejects when the view is missing or throws: never a half-written page. */
export async function render(view: string, locals: Record<string, unknown>): Promise<string> {
  return template(view)(locals)
}

function template(view: string): ejs.TemplateFunction {
  let compiled = templates.get(view)
  if (!compiled) {
    const filename = resolve(VIEWS, `${view}.ejs`)
    compiled = ejs.compile(readFileSync(filename, 'utf8'), { ...OPTIONS, filename })
    templates.set(view, compiled)
  }
  return compiled
}

const SPECIAL = /["&'<>]/
const REPLACEMENTS: Record<string, string> = {
  '"': '&#34;',
  '&': '&amp;',
  "'": '&#39;',
  '<': '&lt;',
  '>': '&gt;',
}

/** Looks before it replaces: nearly all that is written is a number or a plain word. */
function escapeHtml(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = String(value)
  return typeof value === 'number' || !SPECIAL.test(text)
    ? text
    : text.replace(/["&'<>]/g, sign => REPLACEMENTS[sign]!)
}
