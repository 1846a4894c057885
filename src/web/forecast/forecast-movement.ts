import { addDays, type Day, parseDay } from '../../domain/calendar.ts'
import { type Movement, type SystemOn, whyMoved } from '../../domain/forecast/movement.ts'
import { sayNumber } from '../../http/words.ts'
import type { ForecastSystem } from '../../store/forecasts.ts'
import { type KeptForecast, listKept } from '../../store/kept-forecasts.ts'
import type { Visit } from '../visit.ts'

const USUAL_DAYS = 30
/** As far back as the readings are loaded with. */
const MOST_DAYS = 365

/** Why the date is not the one of an earlier day, `since` in the address: causes that add up to the whole. */
export async function movementOf(visit: Visit, system: ForecastSystem) {
  const { context, request, today } = visit
  const asked = typeof request.query.since === 'string' ? parseDay(request.query.since) : null
  const since = asked && asked < today ? asked : addDays(today, -USUAL_DAYS)
  const from = since < addDays(today, -MOST_DAYS) ? addDays(today, -MOST_DAYS) : since
  const kept = await listKept(context.db, system.id)
  const movement = whyMoved(asOnDay(system, from, kept), {
    id: system.key,
    day: today,
    target: system.targetOn,
    residuals: inputsOf(system),
  })
  return { since: from, before: today, isOpen: asked !== null, ...sayMovement(visit, movement) }
}

function inputsOf({ residuals }: Pick<ForecastSystem, 'residuals'>): SystemOn['residuals'] {
  return residuals.map(({ residual, input }) => ({ id: String(residual.id), input }))
}

/** The residuals that there were on a day, under the status and the target that were kept with what was said then. */
function asOnDay(system: ForecastSystem, day: Day, kept: readonly KeptForecast[]): SystemOn {
  const last = kept.findLast(({ residualId, madeOn }) => residualId === null && madeOn <= day)
  const wasThere = new Set(kept.flatMap(one => (one.residualId && one.madeOn <= day ? [one.residualId] : [])))
  const residuals = system.residuals.filter(
    ({ residual }) => wasThere.has(residual.id) || (residual.firstOn !== null && residual.firstOn <= day),
  )
  return {
    id: system.key,
    day,
    target: last ? last.targetOn : system.targetOn,
    residuals: inputsOf({ residuals }).map(({ id, input }) => ({
      id,
      input: {
        ...input,
        status: last?.status ?? input.status,
        profiles: input.profiles.filter(profile => profile.day <= day),
      },
    })),
  }
}

function sayMovement({ t, language }: Visit, movement: Movement) {
  if (movement.kind === 'still_unknown') return { text: t('movement.still_unknown'), parts: [] }
  if (movement.kind !== 'moved') {
    const cause = t(`movement.cause.${movement.cause}`)
    return { text: t(`movement.${movement.kind}`, { cause }), parts: [] }
  }
  const { from, to, whole, parts } = movement
  const kind = whole.days > 0 ? 'later' : whole.days < 0 ? 'earlier' : 'same'
  const days = Math.abs(whole.days)
  const rows = [...inPoints(parts), { cause: null, days: whole.days, points: points(whole.chance) }]
  return {
    text: t(`movement.${kind}`, { from, to, count: days, days: sayNumber(language, days) }),
    parts: rows
      .filter(row => row.cause === null || row.days !== 0 || row.points !== 0)
      .map(row => ({
        cause: row.cause ? t(`movement.cause.${row.cause}`) : t('movement.whole'),
        isWhole: row.cause === null,
        days: signed(language, row.days),
        chance: t('movement.points', {
          count: Math.abs(row.points),
          number: signed(language, row.points),
        }),
      })),
  }
}

/** Rounded so that what is printed adds up to the whole. */
function inPoints(parts: (Movement & { kind: 'moved' })['parts']) {
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
