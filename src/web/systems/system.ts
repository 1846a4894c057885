import { usualDays } from '../../context.ts'
import { groundsOf } from '../../domain/evidence.ts'
import { holdsOf } from '../../domain/lifecycle.ts'
import { systemPath } from '../../http/addresses.ts'
import { holdsOfSystem, sayHoldsOfSystem } from '../../http/blockers/system-blockers.ts'
import { judgedFor } from '../../http/judged.ts'
import { lapsesOfSystem, sayLapses } from '../../http/lapses.ts'
import { sayName } from '../../http/words.ts'
import { listEvents } from '../../store/events.ts'
import { listGates } from '../../store/gates.ts'
import { listCosts, listExpectedSavings } from '../../store/money.ts'
import { listResiduals } from '../../store/residuals.ts'
import { doneOn } from '../change-done.ts'
import type { SentRound } from '../counts/round.ts'
import { shortHistory } from '../history/history.ts'
import { sayGrounds } from '../rests-on.ts'
import type { ViewAnswer, Visit } from '../visit.ts'
import { furtherOfSystem, withWhatIf } from '../what-if-links.ts'
import { eventLines } from './event-lines.ts'
import { gateLines } from './gate-lines.ts'
import { sayHeldServices } from './held-services.ts'
import { aboutSystem } from './system-about.ts'
import { burndownCharts } from './system-chart.ts'
import { forecastOfSystem } from './system-forecast.ts'
import { getSystem } from './system-forms.ts'
import { sayLeftBehind } from './system-holds.ts'
import { moneyOfSystem } from './system-money.ts'
import { movesOf } from './system-moves.ts'
import { residualsOfSystem } from './system-residuals.ts'
import { servicesOfSystem } from './system-services.ts'

/** One system: how it stands, what still holds it, its residuals with fields for new counts, and its course. */
export async function systemPage(visit: Visit, sent: SentRound | null): Promise<ViewAnswer> {
  const { context, language, today } = visit
  const system = await getSystem(visit)
  const { db } = context
  const gates = await listGates(db, { systemId: system.id })
  const residuals = await listResiduals(db, [system.id])
  const { judgement } = await judgedFor(visit)
  const holds = holdsOfSystem(judgement, system, today)
  const blockers = await sayHoldsOfSystem(visit, system, holds)
  const money = {
    costs: (await listCosts(db, { systemId: system.id })).filter(cost => !cost.withdrawnOn),
    savings: (await listExpectedSavings(db, system.id)).filter(saving => !saving.withdrawnOn),
  }
  const isFree = blockers.length === 0 && system.status !== 'retired'
  const path = systemPath(system.key)
  const forecast = await forecastOfSystem(visit, system)
  const leaks = forecast?.leaks ?? []
  const it = {
    path,
    done: sent ? null : await doneOn(visit, { noun: 'system', id: system.id }),
    about: await aboutSystem(visit, system, gates),
    leaks,
    moves: movesOf(visit, system, holdsOf(residuals, gates, today).length),
    left: await sayLeftBehind(visit, system),
    blockers: withWhatIf(judgement, blockers),
    lapses: {
      heading: visit.t('lapse.headingStill'),
      said: await sayLapses(visit, await lapsesOfSystem(visit, system.key, holds)),
    },
    further: furtherOfSystem(visit, judgement, system.key),
    rests: isFree ? sayGrounds(visit, groundsOfSystem()) : null,
    servicesHeld: isFree ? await sayHeldServices(visit, judgement, system.key) : null,
    residuals: await residualsOfSystem(visit, system, { residuals, leaks }, sent),
    forecast,
    charts: await burndownCharts(visit, { name: sayName(language, system), path, system, residuals }),
    gates: gateLines(visit, gates),
    services: await servicesOfSystem(visit, system),
    money: moneyOfSystem(visit, system, money),
    events: eventLines(visit, (await listEvents(db, { systemId: system.id }, 20)).reverse()),
    history: await shortHistory(
      visit,
      { systemId: system.id },
      `/history?system=${encodeURIComponent(system.key)}`,
    ),
  }
  return { view: 'systems/index', title: sayName(language, system), section: 'overview', it }

  function groundsOfSystem() {
    const placed = <T>(rows: readonly T[]) => rows.map(row => ({ ...row, place: system }))
    const proofs = { residuals: placed(residuals), gates: placed(gates), uses: [], complaints: [] }
    return groundsOf(proofs, today, usualDays(context))
  }
}
