import type { Request, Response } from 'express'
import { type Context, today } from '../context.ts'
import type { Day } from '../domain/calendar.ts'
import { HTML_LANGUAGES, type Language, languageOf, type Translate, translator } from '../http/languages.ts'
import { findSimulatedSince } from '../store/workspace.ts'
import { refuseIgnored, type Understood } from './ignored.ts'
import { render } from './render.ts'
import type { Keeping } from './unchanged.ts'

/** One request as a page sees it. */
export type Visit = {
  context: Context
  request: Request
  language: Language
  t: Translate
  today: Day
}

/** What a page answers: a view with its finished answers, another address to go to, or a file to keep. */
export type Answer = ViewAnswer | { redirect: string } | FileAnswer
/** `filters` are all that its address may ask for; where there are none, it asks for nothing. */
export type FileAnswer = { file: string; type: string; text: string; filters?: Understood }
export type ViewAnswer = { view: string; title: string; it: object; status?: number; section?: Section }

const SECTIONS = ['overview', 'counts', 'timeline', 'services', 'shutdown', 'history'] as const
export type Section = (typeof SECTIONS)[number]

export type PageFunction = (visit: Visit) => Promise<Answer>

export function visitOf(context: Context, request: Request): Visit {
  const language = languageOf(request)
  return { context, request, language, t: translator(language), today: today(context) }
}

export function bodyOf(request: Request): Record<string, unknown> {
  return (request.body ?? {}) as Record<string, unknown>
}

export async function send(visit: Visit, response: Response, answer: Answer): Promise<void> {
  if ('redirect' in answer) {
    response.redirect(303, answer.redirect)
    return
  }
  if ('file' in answer) {
    refuseIgnored(visit, answer.filters ?? {})
    response.attachment(answer.file).type(answer.type).end(answer.text)
    return
  }
  const simulatedSince = await findSimulatedSince(visit.context.db)
  const { status = 200 } = answer
  const text = await renderPage(visit, answer, simulatedSince)
  const { locals }: { locals: Keeping } = response
  if (status === 200) locals.keepPage?.(text)
  else response.removeHeader('ETag')
  response.status(status).type('html').end(text)
}

/** `simulatedSince` is null for the real register, and where a lost database cannot say. */
export async function renderPage(
  { context, t, language, today, request }: Visit,
  answer: ViewAnswer,
  simulatedSince: Day | null,
): Promise<string> {
  const body = await render(answer.view, { t, lang: language, it: answer.it })
  const page = {
    lang: HTML_LANGUAGES[language],
    title: answer.title,
    simulatedSince,
    today,
    zone: context.config.TIME_ZONE,
    sheets: SHEETS,
    section: answer.section,
    sections: SECTIONS.map(code => ({ code, href: HREFS[code], label: t(`nav.${code}`) })),
    otherLanguage:
      language === 'zh'
        ? { code: 'en', label: 'English', lang: 'en' }
        : { code: 'zh', label: '中文', lang: 'zh-CN' },
    // What people write into the page cannot look like this: its quotation marks are escaped.
    hasTyping: body.includes(' id="typing"'),
    here: request.method === 'GET' ? request.originalUrl : request.path,
  }
  return render('layout/page', { t, lang: language, page, body })
}

/** `app.css` first: it declares the order of the layers. */
const SHEETS = [
  'app',
  'layout',
  'parts',
  'tables',
  'systems',
  'marks',
  'forms',
  'chart',
  'series',
  'shutdown',
  'forecast',
  'stacks',
  'print',
].map(name => `/assets/${name}.css`)

const HREFS: Record<Section, string> = {
  overview: '/',
  counts: '/counts',
  timeline: '/timeline',
  services: '/services',
  shutdown: '/shutdown',
  history: '/history',
}
