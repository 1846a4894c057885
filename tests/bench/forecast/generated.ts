import { addDays } from '../../../src/domain/calendar.ts'
import { normalQuantile } from '../../../src/domain/forecast/normal.ts'
import { type Dated, randomFrom } from './methods.ts'

/** A made-up run-off: what was counted, and the true count on each day. */
export type Burndown = { readings: Dated[]; truth: number[] }

const START = '2020-01-01'
const DAYS = 2200

/**
 * Run-offs for a machine without recorded ones: a hazard per item that differs between run-offs, decays, pauses and jumps,
 * a few that come back. They show that the bench works; they prove nothing about real ones.
 */
export function generateBurndowns(count: number): Burndown[] {
  const random = randomFrom(2024)
  return Array.from({ length: count }, () => burndown(random))
}

function burndown(random: () => number): Burndown {
  const normal = () => normalQuantile(Math.min(0.9999, Math.max(0.0001, random())))
  const start = Math.round(Math.exp(4.5 + 1.2 * normal())) + 5
  const hazard = Math.exp(-6 + 1.1 * normal())
  const truth: number[] = []
  let left = start
  let season = 1
  for (let day = 0; day < DAYS; day++) {
    if (day % 45 === 0) season = random() < 0.3 ? 0.05 : Math.exp(0.9 * normal())
    const expected = left * hazard * season
    if (expected < 5) for (let item = left; item > 0; item--) left -= random() < hazard * season ? 1 : 0
    else left -= Math.min(left, Math.round(expected + Math.sqrt(expected) * normal()))
    if (random() < 0.0008 && left > 0) left -= Math.floor(left * random())
    if (random() < 0.0008 && left > 0) left += 1 + Math.floor(left * 0.05 * random())
    truth.push(left)
  }
  const gap = [7, 14, 30][Math.floor(random() * 3)]!
  const readings = truth.flatMap((left, day) =>
    day % gap === 0 ? [{ date: addDays(START, day), count: left }] : [],
  )
  return { readings, truth }
}
