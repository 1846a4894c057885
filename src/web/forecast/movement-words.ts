import type { Day } from '../../domain/calendar.ts'
import { type Grain, grainOf } from '../../domain/forecast/arrival-range.ts'
import type { Cause, Movement, SystemOn } from '../../domain/forecast/movement.ts'
import { forecastResidual } from '../../domain/forecast/residual.ts'
import { type Bound, sayBound, sayForecastDay } from '../../http/chances.ts'
import { closedUp, sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

/** How a movement of dates is said: the whole in a sentence, its causes in a table. */

type Moved = Movement & { kind: 'moved' }

/** `closed`: the names of what was closed between the days; `isAdded`: something came in between them. */
type SaidAs = {
  closed: readonly string[]
  isAdded: boolean
  ends: Record<'from' | 'to', Roughness>
  targets: (Day | null)[]
}

const NAMED = 5

export type Roughness = { bound: Bound; grain: Grain }

/** What the date of a day may be said by: neither one reading nor a bound moves by days. */
export function roughnessOf({ residuals, day }: SystemOn): Roughness {
  const forecasts = residuals.map(({ input }) => forecastResidual(input, day))
  return {
    bound: sayBound(forecasts.filter(forecast => forecast.kind === 'running')),
    grain: grainOf(forecasts),
  }
}

export function sayMovement({ t, language }: Visit, movement: Movement, said: SaidAs) {
  const chanceHead = t(`movement.head.${chanceOf(said)}`)
  if (movement.kind === 'still_unknown') return { text: t('movement.still_unknown'), chanceHead, parts: [] }
  if (movement.kind !== 'moved') {
    const cause = sayCause(t, movement.cause, said, movement.kind)
    return { text: t(`movement.${movement.kind}`, { cause }), chanceHead, parts: [] }
  }
  const { from, to, whole, parts } = movement
  const rows = [...inPoints(parts), { cause: null, days: whole.days, points: points(whole.chance) }]
  const hasDays = from !== null && to !== null
  const told = rows.filter(row => (hasDays && row.days !== 0) || row.points !== 0)
  return {
    text: closedUp(sayWhole({ t, language }, movement, said)),
    chanceHead,
    parts: rows
      .filter(row => told.includes(row) || (row.cause === null && told.length > 0))
      .map(row => ({
        cause: row.cause ? sayCause(t, row.cause, said, movement.kind) : t('movement.whole'),
        isWhole: row.cause === null,
        days: hasDays ? signed(language, row.days) : '',
        chance: t('movement.points', {
          count: Math.abs(row.points),
          number: signed(language, row.points),
        }),
      })),
  }
}

/** What was closed is named; of what came, only a first date says that it was counted for the first time. */
function sayCause(t: Visit['t'], cause: Cause, { closed, isAdded }: SaidAs, kind: Movement['kind']): string {
  if (cause !== 'residuals') return t(`movement.cause.${cause}`)
  if (closed.length === 0)
    return t(`movement.cause.${isAdded && kind === 'became_known' ? 'firstCount' : 'residuals'}`)
  const residuals = closed.slice(0, NAMED).join(t('attention.comma')) + (closed.length > NAMED ? '…' : '')
  return t(`movement.cause.${isAdded ? 'addedAndClosed' : 'closed'}`, { residuals })
}

/** Without a target it is the chance within two years, and so it is called. */
function chanceOf({ targets }: SaidAs): 'chance' | 'chanceWithin' | 'chanceEither' {
  const without = targets.filter(target => target === null).length
  if (without === 0) return 'chance'
  return without === targets.length ? 'chanceWithin' : 'chanceEither'
}

function sayWhole(
  { t, language }: Pick<Visit, 't' | 'language'>,
  { from, to, whole }: Moved,
  { ends }: SaidAs,
): string {
  const isRough = [ends.from, ends.to].some(({ bound, grain }) => bound === 'at_most' || grain === 'month')
  if (from === null)
    return to === null
      ? t('movement.neverInSight')
      : t('movement.cameInSight', { to: sayEnd(t, to, ends.to) })
  if (to === null) return t('movement.leftSight', { from: sayEnd(t, from, ends.from) })
  const kind = whole.days > 0 ? 'later' : whole.days < 0 ? 'earlier' : 'same'
  const days = Math.abs(whole.days)
  const moved = {
    from: sayEnd(t, from, ends.from),
    to: sayEnd(t, to, ends.to),
    count: days,
    days: sayNumber(language, days),
  }
  if (!isRough) return t(`movement.${kind}`, moved)
  return t(moved.from === moved.to ? `movement.roughly.${kind}` : 'movement.roughly.moved', moved)
}

/** A P50 as what was said of a day: null where it was not in sight, undefined where nothing was forecast. */
export function sayP50(t: Visit['t'], p50: Day | null | undefined, roughness: Roughness): string {
  if (p50 === undefined) return t('movement.noForecast')
  return p50 === null ? t('forecast.notInSight') : sayEnd(t, p50, roughness)
}

function sayEnd(t: Visit['t'], day: Day, { bound, grain }: Roughness): string {
  if (bound === 'at_most') return t('forecast.orLater', { day: sayForecastDay(day, 'month') })
  return sayForecastDay(day, grain)
}

/** Rounded so that what is printed adds up to the whole. */
function inPoints(parts: Moved['parts']) {
  let sum = 0
  return parts.map(({ cause, days, chance }) => {
    const before = points(sum)
    sum += chance
    return { cause, days, points: points(sum) - before }
  })
}

function points(chance: number): number {
  return Math.round(100 * chance)
}

function signed(language: Visit['language'], number: number): string {
  const sign = number > 0 ? '+' : number < 0 ? '−' : ''
  return sign + sayNumber(language, Math.abs(number))
}
