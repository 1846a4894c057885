import { resolve } from 'node:path'
import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Context } from './context.ts'
import { counts } from './web/counts.ts'
import { failurePage, notFoundPage } from './web/failures.ts'
import { formRoute } from './web/forms.ts'
import { switchLanguage } from './web/language-switch.ts'
import { attentionPage, overview } from './web/overview.ts'
import { onlyFromHere, onlyKnownHosts } from './web/protection.ts'
import { type RoundPage, roundRoute } from './web/round.ts'
import { createSystemForm, editSystemForm } from './web/system-forms.ts'
import { answerUnchanged } from './web/unchanged.ts'
import { type PageFunction, send, visitOf } from './web/visit.ts'

/** Puts pages and error handling together: every route of the product is in this list. */
export function createApp(context: Context): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', 'simple')
  app.use(onlyKnownHosts(context))
  app.use(helmet(HEADERS))
  app.use('/assets', express.static(resolve(import.meta.dirname, '../views/assets'), { maxAge: '1h' }))
  app.use(onlyFromHere)
  app.use(express.urlencoded({ extended: false, limit: '2mb', parameterLimit: 20_000 }))
  app.use(answerUnchanged(context))

  const page = (path: string, answer: PageFunction) =>
    app.get(path, async (request, response) => {
      const visit = visitOf(context, request)
      await send(visit, response, await answer(visit))
    })
  const form = (path: string, formOf: Parameters<typeof formRoute>[3]) =>
    formRoute(app, path, context, formOf)
  const round = (path: string, page: RoundPage) => roundRoute(app, path, context, page)

  page('/', overview)
  page('/attention', attentionPage)
  round('/counts', counts)
  form('/systems/new', createSystemForm)
  form('/systems/:key/edit', editSystemForm)
  app.post('/language', switchLanguage)

  app.use(notFoundPage(context))
  app.use(failurePage(context))
  return app
}

const HEADERS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'connect-src': ["'self'"],
      'form-action': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  // Served on a loopback address without TLS; a proxy in front adds it.
  strictTransportSecurity: false,
} as const
