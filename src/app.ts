import { resolve } from 'node:path'
import express, { type Express } from 'express'
import helmet from 'helmet'
import { endpoints } from './api/endpoints.ts'
import { noSuchEndpoint, sendProblem } from './api/problems.ts'
import { apiRoutes } from './api/routes.ts'
import type { Context } from './context.ts'
import { openLog } from './log.ts'
import { type RoundPage, roundRoute } from './web/counts/round.ts'
import { failurePage, notFoundPage } from './web/failures.ts'
import { type FormOf, formRoute } from './web/forms.ts'
import { switchLanguage } from './web/language-switch.ts'
import { HEADERS, onlyFromHere, onlyKnownHosts, withoutNul } from './web/protection.ts'
import { rooms } from './web/rooms.ts'
import { answerUnchanged } from './web/unchanged.ts'
import { type PageFunction, send, visitOf } from './web/visit.ts'

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
  app.use(withoutNul)
  app.use(express.urlencoded({ extended: false, limit: '2mb', parameterLimit: 20_000 }))
  app.use(answerUnchanged(context))

  const page = <Room>(path: string, enter: () => Promise<Room>, choose: (it: Room) => PageFunction) =>
    app.get(path, async (request, response) => {
      const visit = visitOf(context, request)
      await send(visit, response, await choose(await enter())(visit))
    })
  const form = <Room>(path: string, enter: () => Promise<Room>, choose: (it: Room) => FormOf) =>
    formRoute(app, path, context, async visit => choose(await enter())(visit))
  const round = <Room>(path: string, enter: () => Promise<Room>, choose: (it: Room) => RoundPage) =>
    roundRoute(app, path, context, async (visit, sent) => choose(await enter())(visit, sent))

  page('/', rooms.overview, it => it.overview)
  page('/systems.csv', rooms.systemsFile, it => it.systemsFile)
  page('/attention', rooms.overview, it => it.attentionPage)
  page('/attention.csv', rooms.attentionFile, it => it.attentionFile)
  page('/counts.csv', rooms.countsFile, it => it.countsFile)
  round('/counts', rooms.counts, it => it.counts)
  form('/systems/new', rooms.systemForms, it => it.createSystemForm)
  round('/systems/:key', rooms.system, it => it.systemPage)
  page('/systems/:key/readings.csv', rooms.readingsFile, it => it.readingsOfSystem)
  form('/systems/:key/edit', rooms.systemForms, it => it.editSystemForm)
  form('/systems/:key/status', rooms.systemMoves, it => it.statusForm)
  form('/systems/:key/hold', rooms.holdForm, it => it.extendHoldForm)
  form('/systems/:key/residuals/new', rooms.residualForms, it => it.createResidualForm)
  form('/systems/:key/gates/new', rooms.gateForms, it => it.createGateForm('system'))
  form('/systems/:key/costs/new', rooms.moneyForms, it => it.createCostForm('system'))
  form('/systems/:key/savings/new', rooms.moneyForms, it => it.createSavingForm)
  form('/systems/:key/events/new', rooms.eventForms, it => it.createEventForm)
  round('/residuals/:id', rooms.residual, it => it.residualPage)
  page('/residuals/:id/readings.csv', rooms.readingsFile, it => it.readingsOfResidual)
  form('/residuals/:id/edit', rooms.residualForms, it => it.editResidualForm)
  form('/residuals/:id/close', rooms.residualForms, it => it.closeResidualForm)
  form('/residuals/:id/reopen', rooms.residualForms, it => it.reopenResidualForm)
  form('/residuals/:id/maturity/new', rooms.maturityForms, it => it.maturityForm)
  form('/maturity-profiles/:id/withdraw', rooms.maturityForms, it => it.withdrawMaturityForm)
  form('/readings/:id/withdraw', rooms.readingForms, it => it.withdrawReadingForm)
  page('/services', rooms.services, it => it.services)
  page('/services.csv', rooms.servicesFile, it => it.servicesFile)
  form('/services/new', rooms.serviceForms, it => it.createServiceForm)
  page('/services/:key', rooms.servicePage, it => it.servicePage)
  page('/services/:key/neighbourhood', rooms.neighbourhood, it => it.neighbourhoodPage)
  form('/services/:key/edit', rooms.serviceForms, it => it.editServiceForm)
  form('/services/:key/shutdown', rooms.serviceStateForms, it => it.shutDownForm)
  form('/services/:key/bring-back', rooms.serviceStateForms, it => it.bringBackForm)
  form('/services/:key/no-consumers', rooms.serviceStateForms, it => it.noConsumersForm)
  form('/services/:key/consumers/new', rooms.useForms, it => it.createConsumerForm)
  form('/services/:key/providers/new', rooms.useForms, it => it.createProviderForm)
  form('/services/:key/externals/new', rooms.useForms, it => it.createExternalForm)
  form('/services/:key/trials/new', rooms.trialForms, it => it.startTrialForm)
  page('/trials/:id', rooms.trials, it => it.trialPage)
  form('/trials/:id/end', rooms.trialForms, it => it.endTrialForm)
  form('/trials/:id/complaints/new', rooms.trialForms, it => it.noteComplaintForm)
  form('/complaints/:id/use', rooms.trialForms, it => it.complaintUseForm)
  form('/complaints/:id/withdraw', rooms.trialForms, it => it.withdrawComplaintForm)
  form('/dependencies/:id/edit', rooms.useForms, it => it.editUseForm('dependency'))
  form('/dependencies/:id/waive', rooms.withdrawalForms, it => it.waiveForm('dependency'))
  form('/dependencies/:id/withdraw', rooms.withdrawalForms, it => it.withdrawForm('dependency'))
  form('/externals/:id/edit', rooms.useForms, it => it.editUseForm('external_consumer'))
  form('/externals/:id/waive', rooms.withdrawalForms, it => it.waiveForm('external_consumer'))
  form('/externals/:id/withdraw', rooms.withdrawalForms, it => it.withdrawForm('external_consumer'))
  form('/services/:key/gates/new', rooms.gateForms, it => it.createGateForm('service'))
  form('/services/:key/costs/new', rooms.moneyForms, it => it.createCostForm('service'))
  form('/gates/:id/edit', rooms.gateForms, it => it.editGateForm)
  form('/gates/:id/close', rooms.gateForms, it => it.closeGateForm)
  form('/gates/:id/reopen', rooms.gateForms, it => it.reopenGateForm)
  form('/costs/:id/edit', rooms.moneyForms, it => it.editCostForm)
  form('/savings/:id/edit', rooms.moneyForms, it => it.editSavingForm)
  form('/events/:id/edit', rooms.eventForms, it => it.editEventForm)
  form('/gates/:id/waive', rooms.withdrawalForms, it => it.waiveForm('gate'))
  form('/gates/:id/withdraw', rooms.withdrawalForms, it => it.withdrawForm('gate'))
  form('/costs/:id/withdraw', rooms.withdrawalForms, it => it.withdrawForm('monthly_cost'))
  form('/savings/:id/withdraw', rooms.withdrawalForms, it => it.withdrawForm('expected_saving'))
  form('/events/:id/withdraw', rooms.withdrawalForms, it => it.withdrawForm('event'))
  page('/timeline', rooms.timeline, it => it.timeline)
  page('/forecast', rooms.forecastRecord, it => it.forecastPage)
  page('/forecast/export.csv', rooms.forecastExport, it => it.exportForecast)
  page('/history', rooms.history, it => it.historyPage)
  page('/history.csv', rooms.historyFile, it => it.historyFile)
  page('/shutdown', rooms.shutdown, it => it.shutdown)
  page('/shutdown/what-if', rooms.whatIf, it => it.whatIfPage)
  page('/plans', rooms.plans, it => it.plansPage)
  form('/plans/new', rooms.plans, it => it.keepPlanForm)
  page('/plans/:id', rooms.plan, it => it.planPage)
  page('/plans/:id/export.csv', rooms.plan, it => it.planCsv)
  page('/plans/:id/landscape.json', rooms.plan, it => it.planLandscape)
  form('/plans/:id/withdraw', rooms.plans, it => it.withdrawPlanForm)
  page('/shutdown/export.csv', rooms.shutdownExports, it => it.exportCsv)
  page('/shutdown/export.json', rooms.shutdownExports, it => it.exportJson)
  page('/shutdown/export.dot', rooms.shutdownExports, it => it.exportDot)
  page('/shutdown/export.mmd', rooms.shutdownExports, it => it.exportMermaid)
  app.post('/language', switchLanguage)

  const api = apiRoutes(app, context)
  api.get('/api/v1', endpoints.start, it => it.start)
  api.get('/api/v1/openapi.json', endpoints.start, it => it.document)
  api.get('/api/v1/systems', endpoints.systems, it => it.systems)
  api.get('/api/v1/systems/:key', endpoints.system, it => it.system)
  api.get('/api/v1/residuals/:id', endpoints.residual, it => it.residualByItsId)
  api.post('/api/v1/readings', endpoints.readings, it => it.recordRound)
  api.get('/api/v1/rounds/:revision', endpoints.round, it => it.roundByItsRevision)
  api.get('/api/v1/services', endpoints.services, it => it.services)
  api.get('/api/v1/services/:key', endpoints.service, it => it.service)
  api.get('/api/v1/blockers', endpoints.blockers, it => it.blockers)
  api.get('/api/v1/shutdown', endpoints.shutdown, it => it.shutdown)
  api.get('/api/v1/shutdown/what-if', endpoints.whatIf, it => it.whatIf)
  api.get('/api/v1/landscape', endpoints.shutdown, it => it.landscape)
  api.get('/api/v1/forecast', endpoints.forecast, it => it.forecast)
  api.get('/api/v1/history', endpoints.history, it => it.history)
  api.get('/api/v1/plans', endpoints.plans, it => it.plans)
  api.get('/api/v1/plans/:id', endpoints.plans, it => it.planByItsId)
  api.get('/api/v1/plans/:id/landscape', endpoints.plans, it => it.planLandscape)
  api.get('/api/v1/trials', endpoints.trials, it => it.trials)

  const log = openLog(context.config)
  app.use('/api', noSuchEndpoint, sendProblem(context, log))
  app.use(notFoundPage(context))
  app.use(failurePage(context, log))
  return app
}
