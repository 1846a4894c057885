import { resolve } from 'node:path'
import express, { type Express } from 'express'
import helmet from 'helmet'
import { pino } from 'pino'
import { noSuchEndpoint, sendProblem } from './api/problems.ts'
import { apiRoutes } from './api/routes.ts'
import type { Context } from './context.ts'
import { counts } from './web/counts/counts.ts'
import { maturityForm, withdrawMaturityForm } from './web/counts/maturity-forms.ts'
import { withdrawReadingForm } from './web/counts/reading-forms.ts'
import { residualPage } from './web/counts/residual.ts'
import {
  closeResidualForm,
  createResidualForm,
  editResidualForm,
  reopenResidualForm,
} from './web/counts/residual-forms.ts'
import { type RoundPage, roundRoute } from './web/counts/round.ts'
import { failurePage, notFoundPage } from './web/failures.ts'
import { exportForecast } from './web/forecast/forecast-export.ts'
import { forecastPage } from './web/forecast/forecast-record.ts'
import { timeline } from './web/forecast/timeline.ts'
import { formRoute } from './web/forms.ts'
import { historyPage } from './web/history/history.ts'
import { switchLanguage } from './web/language-switch.ts'
import { attentionPage, overview } from './web/overview/overview.ts'
import { serviceOwner, systemOwner } from './web/owners.ts'
import { HEADERS, onlyFromHere, onlyKnownHosts } from './web/protection.ts'
import { neighbourhoodPage } from './web/services/neighbourhood.ts'
import { createServiceForm, editServiceForm } from './web/services/service-forms.ts'
import { servicePage } from './web/services/service-page.ts'
import { bringBackForm, noConsumersForm, shutDownForm } from './web/services/service-state-forms.ts'
import { services } from './web/services/services.ts'
import {
  complaintUseForm,
  endTrialForm,
  noteComplaintForm,
  startTrialForm,
  withdrawComplaintForm,
} from './web/services/trial-forms.ts'
import { trialPage } from './web/services/trials.ts'
import {
  createConsumerForm,
  createExternalForm,
  createProviderForm,
  editUseForm,
} from './web/services/use-forms.ts'
import { planCsv, planLandscape, planPage } from './web/shutdown/plan.ts'
import { keepPlanForm, plansPage, withdrawPlanForm } from './web/shutdown/plans.ts'
import { shutdown } from './web/shutdown/shutdown.ts'
import { exportCsv, exportDot, exportJson, exportMermaid } from './web/shutdown/shutdown-exports.ts'
import { whatIfPage } from './web/shutdown/what-if.ts'
import { createEventForm, editEventForm } from './web/systems/event-forms.ts'
import { closeGateForm, createGateForm, editGateForm, reopenGateForm } from './web/systems/gate-forms.ts'
import { createCostForm, createSavingForm, editCostForm, editSavingForm } from './web/systems/money-forms.ts'
import { systemPage } from './web/systems/system.ts'
import { createSystemForm, editSystemForm } from './web/systems/system-forms.ts'
import { statusForm } from './web/systems/system-moves.ts'
import { answerUnchanged } from './web/unchanged.ts'
import { type PageFunction, send, visitOf } from './web/visit.ts'
import { waiveForm, withdrawForm } from './web/withdrawal-forms.ts'

/** Puts pages, API and error handling together: every route of the product is in this list. */
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
  round('/systems/:key', systemPage)
  form('/systems/:key/edit', editSystemForm)
  form('/systems/:key/status', statusForm)
  form('/systems/:key/residuals/new', createResidualForm)
  form('/systems/:key/gates/new', createGateForm(systemOwner))
  form('/systems/:key/costs/new', createCostForm(systemOwner))
  form('/systems/:key/savings/new', createSavingForm)
  form('/systems/:key/events/new', createEventForm)
  round('/residuals/:id', residualPage)
  form('/residuals/:id/edit', editResidualForm)
  form('/residuals/:id/close', closeResidualForm)
  form('/residuals/:id/reopen', reopenResidualForm)
  form('/residuals/:id/maturity/new', maturityForm)
  form('/maturity-profiles/:id/withdraw', withdrawMaturityForm)
  form('/readings/:id/withdraw', withdrawReadingForm)
  page('/services', services)
  form('/services/new', createServiceForm)
  page('/services/:key', servicePage)
  page('/services/:key/neighbourhood', neighbourhoodPage)
  form('/services/:key/edit', editServiceForm)
  form('/services/:key/shutdown', shutDownForm)
  form('/services/:key/bring-back', bringBackForm)
  form('/services/:key/no-consumers', noConsumersForm)
  form('/services/:key/consumers/new', createConsumerForm)
  form('/services/:key/providers/new', createProviderForm)
  form('/services/:key/externals/new', createExternalForm)
  form('/services/:key/trials/new', startTrialForm)
  page('/trials/:id', trialPage)
  form('/trials/:id/end', endTrialForm)
  form('/trials/:id/complaints/new', noteComplaintForm)
  form('/complaints/:id/use', complaintUseForm)
  form('/complaints/:id/withdraw', withdrawComplaintForm)
  form('/dependencies/:id/edit', editUseForm('dependency'))
  form('/dependencies/:id/waive', waiveForm('dependency'))
  form('/dependencies/:id/withdraw', withdrawForm('dependency'))
  form('/externals/:id/edit', editUseForm('external_consumer'))
  form('/externals/:id/waive', waiveForm('external_consumer'))
  form('/externals/:id/withdraw', withdrawForm('external_consumer'))
  form('/services/:key/gates/new', createGateForm(serviceOwner))
  form('/services/:key/costs/new', createCostForm(serviceOwner))
  form('/gates/:id/edit', editGateForm)
  form('/gates/:id/close', closeGateForm)
  form('/gates/:id/reopen', reopenGateForm)
  form('/costs/:id/edit', editCostForm)
  form('/savings/:id/edit', editSavingForm)
  form('/events/:id/edit', editEventForm)
  form('/gates/:id/waive', waiveForm('gate'))
  form('/gates/:id/withdraw', withdrawForm('gate'))
  form('/costs/:id/withdraw', withdrawForm('monthly_cost'))
  form('/savings/:id/withdraw', withdrawForm('expected_saving'))
  form('/events/:id/withdraw', withdrawForm('event'))
  page('/timeline', timeline)
  page('/forecast', forecastPage)
  page('/forecast/export.csv', exportForecast)
  page('/history', historyPage)
  page('/shutdown', shutdown)
  page('/shutdown/what-if', whatIfPage)
  page('/plans', plansPage)
  form('/plans/new', keepPlanForm)
  page('/plans/:id', planPage)
  page('/plans/:id/export.csv', planCsv)
  page('/plans/:id/landscape.json', planLandscape)
  form('/plans/:id/withdraw', withdrawPlanForm)
  page('/shutdown/export.csv', exportCsv)
  page('/shutdown/export.json', exportJson)
  page('/shutdown/export.dot', exportDot)
  page('/shutdown/export.mmd', exportMermaid)
  app.post('/language', switchLanguage)

  const api = apiRoutes(app, context)
  api.get('/api/v1', async () => (await import('./api/start.ts')).start)
  api.get('/api/v1/openapi.json', async () => (await import('./api/start.ts')).document)
  api.get('/api/v1/systems', async () => (await import('./api/systems.ts')).systems)
  api.get('/api/v1/systems/:key', async () => (await import('./api/system.ts')).system)
  api.get('/api/v1/residuals/:id', async () => (await import('./api/residual.ts')).residualByItsId)
  api.post('/api/v1/readings', async () => (await import('./api/readings.ts')).recordRound)
  api.get('/api/v1/services', async () => (await import('./api/services.ts')).services)
  api.get('/api/v1/services/:key', async () => (await import('./api/service.ts')).service)
  api.get('/api/v1/blockers', async () => (await import('./api/blockers.ts')).blockers)
  api.get('/api/v1/shutdown', async () => (await import('./api/shutdown.ts')).shutdown)
  api.get('/api/v1/shutdown/what-if', async () => (await import('./api/what-if.ts')).whatIf)
  api.get('/api/v1/landscape', async () => (await import('./api/shutdown.ts')).landscape)
  api.get('/api/v1/forecast', async () => (await import('./api/forecast.ts')).forecast)
  api.get('/api/v1/history', async () => (await import('./api/history.ts')).history)
  api.get('/api/v1/plans', async () => (await import('./api/plans.ts')).plans)
  api.get('/api/v1/plans/:id', async () => (await import('./api/plans.ts')).planByItsId)
  api.get('/api/v1/plans/:id/landscape', async () => (await import('./api/plans.ts')).planLandscape)
  api.get('/api/v1/trials', async () => (await import('./api/trials.ts')).trials)

  const log = pino({ level: context.config.LOG_LEVEL })
  app.use('/api', noSuchEndpoint, sendProblem(context, log))
  app.use(notFoundPage(context))
  app.use(failurePage(context, log))
  return app
}
