import { scaleUtc } from 'd3-scale'
import type { Day } from '../../domain/calendar.ts'
import { tenth } from './scales.ts'

/** What was said on a day: dates, or (null) that there is none. */
export type SaidDates = { madeOn: Day; p50: Day | null; p85: Day | null; target: Day | null }

/** Dates over time, in pixels: to the right the day something was said, upwards the day that was named. */
export type DateHistory = {
  width: number
  height: number
  left: number
  right: number
  bottom: number
  lines: { kind: 'p50' | 'p85' | 'target' | 'today'; path: string }[]
  saidOn: { x: number; text: string }[]
  named: { y: number; text: string }[]
}

/** The days stand at both ends: where the drawing does not fit, the screen shows its right one. */
const FRAME = { width: 780, height: 300, left: 80, right: 700, top: 12, bottom: 268 }

/** Null when no date was ever said, or none before today. `said` oldest first. */
export function drawDateHistory(said: readonly SaidDates[], today: Day): DateHistory | null {
  const named = said.flatMap(({ p50, p85, target }) => [p50, p85, target].filter(day => day !== null))
  const first = said[0]
  const isDated = said.some(({ p50, p85 }) => p50 !== null || p85 !== null)
  if (!first || first.madeOn >= today || !isDated) return null
  const x = scaleUtc([dateOf(first.madeOn), dateOf(today)], [FRAME.left, FRAME.right])
  const days = [...named, today].sort()
  const y = scaleUtc([dateOf(days[0]!), dateOf(days.at(-1)!)], [FRAME.bottom, FRAME.top]).nice(5)
  const steps = (pick: (one: SaidDates) => Day | null) =>
    stepPath(
      said,
      today,
      pick,
      day => tenth(x(dateOf(day))),
      day => tenth(y(dateOf(day))),
    )
  const [from, to] = [dateOf(days[0]! < first.madeOn ? first.madeOn : days[0]!), dateOf(today)]
  const start = from < x.domain()[0]! ? x.domain()[0]! : from
  return {
    ...FRAME,
    lines: [
      {
        kind: 'today' as const,
        path: start < to ? `M${tenth(x(start))},${tenth(y(start))}L${tenth(x(to))},${tenth(y(to))}` : '',
      },
      { kind: 'target' as const, path: steps(one => one.target) },
      { kind: 'p85' as const, path: steps(one => one.p85) },
      { kind: 'p50' as const, path: steps(one => one.p50) },
    ].filter(({ path }) => path !== ''),
    saidOn: x.ticks(6).map(tick => ({ x: tenth(x(tick)), text: dayOf(tick) })),
    named: y.ticks(5).map(tick => ({ y: tenth(y(tick)), text: dayOf(tick) })),
  }
}

/** What was said holds until something else is said; where there was no date the line is broken. */
function stepPath(
  said: readonly SaidDates[],
  today: Day,
  pick: (one: SaidDates) => Day | null,
  x: (day: Day) => number,
  y: (day: Day) => number,
): string {
  return said
    .map((one, index) => {
      const day = pick(one)
      if (day === null) return ''
      const until = said[index + 1]?.madeOn ?? today
      const isBroken = index === 0 || pick(said[index - 1]!) === null
      return `${isBroken ? `M${x(one.madeOn)},${y(day)}` : `V${y(day)}`}H${x(until)}`
    })
    .join('')
}

function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`)
}

function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10)
}
