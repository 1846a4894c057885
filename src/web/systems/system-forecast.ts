import { daysBetween } from '../../domain/calendar.ts'
import { grainOf } from '../../domain/forecast/arrival-range.ts'
import { OLD_DAYS } from '../../domain/forecast/fan.ts'
import { type JointForecast, jointStatements } from '../../domain/forecast/joint.ts'
import type { Widening } from '../../domain/forecast/widening.ts'
import { pageWith } from '../../http/addresses.ts'
import { sayBound, sayChanceRange } from '../../http/chances.ts'
import { closedUp, inOneLine, sayName, sayNumber } from '../../http/words.ts'
import { loadWidening } from '../../store/estate-forecasts.ts'
import { type ForecastSystem, loadForecastSystems, type Outlook, outlookOf } from '../../store/forecasts.ts'
import type { SystemState } from '../../store/systems.ts'
import { explainForecast } from '../forecast/forecast-explained.ts'
import { movementOf } from '../forecast/forecast-movement.ts'
import { forecastRows, wholeRows } from '../forecast/forecast-rows.ts'
import { waitOf } from '../forecast/forecast-wait.ts'
import { sayReckoned } from '../forecast/forecast-words.ts'
import { sayOpenLeaks } from '../forecast/open-leaks.ts'
import type { Visit } from '../visit.ts'

/** Residuals that have a line of their own; those that decide come first. */
const SHOWN = 50

/** When one system will be empty: its residuals one by one, and all together. Null for one that is retired or stays. */
export async function forecastOfSystem(
  visit: Visit,
  { id, residualCount, closedCount }: Pick<SystemState, 'id' | 'residualCount' | 'closedCount'>,
) {
  const loaded = await loadFor(visit, id)
  const section = loaded && (await sectionOf(visit, loaded.system, loaded.widening, null))
  const isNone = residualCount + closedCount === 0 && loaded?.system.status === 'draining'
  return section && isNone ? { ...section, headline: visit.t('forecast.sentence.noneRecorded') } : section
}

/** The same for one residual alone. Null also when it is closed. */
export async function forecastOfResidual(visit: Visit, systemId: number, residualId: number) {
  const loaded = await loadFor(visit, systemId)
  const residuals = loaded?.system.residuals.filter(({ residual }) => residual.id === residualId) ?? []
  if (!loaded || residuals.length === 0) return null
  const alone = { ...loaded.system, residuals }
  const section = await sectionOf(visit, alone, loaded.widening, residualId)
  return {
    ...section,
    headline: inOneLine(visit.language, aloneSentences(visit, loaded.system, alone)),
    whole: [],
    wait: await waitOf(visit, loaded.system, residualId),
  }
}

async function loadFor({ context, today }: Visit, systemId: number) {
  const widening = await loadWidening(context.db, today)
  const [system] = await loadForecastSystems(context.db, [systemId], today, widening.factor)
  if (!system || system.status === 'retired' || system.status === 'cancelled') return null
  return { system, widening }
}

async function sectionOf(visit: Visit, system: ForecastSystem, widening: Widening, alone: number | null) {
  const { t, today } = visit
  const outlook = outlookOf(system, today)
  const target = system.targetOn && system.targetOn > today ? system.targetOn : null
  const rows = forecastRows(visit, system, target)
  const isDraining = system.status === 'draining'
  return {
    headline: inOneLine(visit.language, sentencesOf(visit, system, outlook)),
    target,
    leaks: sayOpenLeaks(visit, outlook),
    rows: rows.slice(0, SHOWN),
    more: rows.length > SHOWN ? t('forecast.more', { count: rows.length - SHOWN }) : null,
    whole: isDraining ? wholeRows(visit, outlook, target) : [],
    explained: isDraining ? explainForecast(visit, widening) : [],
    record: pageWith('/forecast', { system: system.key }),
    movement: isDraining ? await movementOf(visit, system, { alone, widening: widening.factor }) : null,
  }
}

/** The sentences about one residual; the shutdown analysis asks when the whole system is empty, which is another matter. */
function aloneSentences(visit: Visit, system: ForecastSystem, alone: ForecastSystem): string[] {
  const outlook = outlookOf(alone, visit.today)
  const [only] = outlook.residuals
  if (system.status === 'draining' && only?.forecast.kind === 'unknown')
    return [visit.t('forecast.sentence.unknownAlone')]
  return sentencesOf(visit, alone, outlook, outlookOf(system, visit.today))
}

/** What is read first: how likely, or why nobody can say; and whether the counts are old. */
function sentencesOf(
  visit: Visit,
  system: ForecastSystem,
  { joint }: Outlook,
  whole: Outlook = outlookOf(system, visit.today),
): string[] {
  const { t, today } = visit
  if (system.status !== 'draining') return [visit.t(`forecast.reason.not_draining.${system.status}`)]
  if (joint.kind === 'done') return [t('forecast.sentence.done', { count: system.residuals.length })]
  if (joint.kind === 'unknown') return [unknownSentence(visit, system, joint.because)]
  const { independent, dependent } = jointStatements(joint.parts, today, system.targetOn)
  const isAhead = system.targetOn !== null && system.targetOn > today
  const bound = sayBound(joint.parts)
  const within = sayChanceRange(t, independent.within.said, dependent.within.said, bound)
  const oldest = system.residuals.flatMap(({ residual }) => residual.latest?.day ?? []).sort()[0] ?? today
  return [
    ...(isAhead && independent.byTarget && dependent.byTarget
      ? [
          t('forecast.sentence.byTarget', {
            day: system.targetOn,
            chance: sayChanceRange(t, independent.byTarget.said, dependent.byTarget.said, bound),
          }),
        ]
      : [
          t(system.targetOn ? 'forecast.sentence.past' : 'forecast.sentence.noTarget', {
            day: system.targetOn,
          }),
        ]),
    t('forecast.sentence.within', { chance: within }),
    ...(whole.residuals.length > system.residuals.length ? [t('forecast.reckoned.asksSystem')] : []),
    reckonedSentence(visit, system, whole),
    ...(daysBetween(oldest, today) > OLD_DAYS
      ? [t('forecast.sentence.old', { days: sayNumber(visit.language, daysBetween(oldest, today)) })]
      : []),
  ]
}

function reckonedSentence({ t, today }: Visit, { targetOn }: ForecastSystem, whole: Outlook): string {
  const { joint, residuals } = whole
  if (joint.kind !== 'running') return t('forecast.reckoned.partUnknown')
  const grain = grainOf(residuals.map(({ forecast }) => forecast))
  return sayReckoned(t, joint.parts, jointStatements(joint.parts, today, targetOn), grain)
}

function unknownSentence(
  { t, language }: Visit,
  system: ForecastSystem,
  because: (JointForecast & { kind: 'unknown' })['because'],
): string {
  const ids = new Set(because.map(({ residual }) => residual))
  const names = system.residuals
    .filter(({ residual }) => ids.has(String(residual.id)))
    .map(({ residual }) => sayName(language, residual))
  if (names.length === 0) return t('forecast.sentence.noResiduals')
  const named = names.slice(0, 6).join(t('attention.comma')) + (names.length > 6 ? '…' : '')
  return closedUp(t('forecast.sentence.unknown', { residuals: named, count: names.length }))
}
