import { type Day, dayNumber } from '../../../src/domain/calendar.ts'
import { normalQuantile } from '../../../src/domain/forecast/normal.ts'

/** The usual ways to forecast a burn-down, to stand beside ours. */
export type Dated = { date: Day; count: number }
export type Asked = { horizons: number[]; levels: number[]; probs: number[] }
/** Quantiles per horizon and per level, and the chance to be at a level within days where a method has one. */
export type Answer = {
  count: number[][]
  reach: number[][]
  reachProb?: (level: number, days: number) => number
  state?: string
}
export type Method = (readings: Dated[], asOf: Day, asked: Asked) => Answer

export const CLASSIC: Record<string, Method> = {
  'last value': line(() => ({ perDay: 0, error: 0, noise: 0 })),
  'last rate': line(points => rateSince(points, points.length - 2)),
  'average since start': line(points => rateSince(points, 0)),
  'straight line, 90 days': line(points => regression(recent(points, 90), point => point.count)),
  'Monte Carlo, daily, 90 days': monteCarlo(90, 1),
  'Monte Carlo, weekly, 12 weeks': monteCarlo(84, 7),
  'exponential decay': decay,
}

type Point = { day: number; count: number }
/** Per day, the standard error of that, and the scatter around the line. */
type Line = { perDay: number; error: number; noise: number }

function pointsOf(readings: Dated[], asOf: Day): Point[] {
  const today = dayNumber(asOf)
  return readings.map(({ date, count }) => ({ day: dayNumber(date) - today, count }))
}

function line(lineThrough: (points: Point[]) => Line): Method {
  return (readings, asOf, asked) => {
    const points = pointsOf(readings, asOf)
    const fitted = points.length < 2 ? { perDay: 0, error: 0, noise: 0 } : lineThrough(points)
    const last = points.at(-1)!.count
    const at = (days: number, prob: number) => Math.max(0, last + along(fitted, days, prob))
    return inverted(at, asked)
  }
}

function decay(readings: Dated[], asOf: Day, asked: Asked): Answer {
  const points = recent(pointsOf(readings, asOf), 180)
  const log = (point: Point) => Math.log(point.count + 0.5)
  const fitted = points.length < 2 ? { perDay: 0, error: 0, noise: 0 } : regression(points, log)
  const last = log(points.at(-1)!)
  return inverted((days, prob) => Math.max(0, Math.exp(last + along(fitted, days, prob)) - 0.5), asked)
}

function along({ perDay, error, noise }: Line, days: number, prob: number): number {
  return perDay * days + normalQuantile(prob) * Math.hypot(noise, error * days)
}

/** Days to a level as the first day on which that quantile of the count is there. */
function inverted(at: (days: number, prob: number) => number, { horizons, levels, probs }: Asked): Answer {
  const first = (level: number, prob: number) =>
    LOOKED_AT.find(days => at(days, prob) <= Math.max(level, 0.5)) ?? Infinity
  return {
    count: horizons.map(days => probs.map(prob => at(days, prob))),
    reach: levels.map(level => probs.map(prob => first(level, prob))),
  }
}

const LOOKED_AT = Array.from({ length: 170 }, (_, index) => Math.ceil(1.05 ** index)).filter(
  (days, index, all) => days !== all[index - 1] && days < 3650,
)

function rateSince(points: Point[], index: number): Line {
  const [from, to] = [points[index]!, points.at(-1)!]
  const perDay = (to.count - from.count) / Math.max(1, -from.day)
  return { perDay, error: Math.abs(perDay) / 10, noise: 0 }
}

function recent(points: Point[], days: number): Point[] {
  const inside = points.filter(point => point.day >= points.at(-1)!.day - days)
  return inside.length >= 4 ? inside : points.slice(-4)
}

function regression(points: Point[], value: (point: Point) => number): Line {
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [day, height] = [mean(point => point.day), mean(value)]
  const width = mean(point => (point.day - day) ** 2) * points.length
  const perDay = (mean(point => (point.day - day) * (value(point) - height)) * points.length) / width
  const rest = mean(point => (value(point) - height - perDay * (point.day - day)) ** 2) * points.length
  const noise = points.length > 2 ? Math.sqrt(rest / (points.length - 2)) : 0
  return { perDay, error: noise / Math.sqrt(width), noise }
}

/** Draws past throughput, spread evenly over the days between two readings, in blocks of `block` days. */
function monteCarlo(window: number, block: number): Method {
  return (readings, asOf, asked) => {
    const throughput = dailyThroughput(pointsOf(readings, asOf)).slice(-window)
    const random = randomFrom(12_345)
    const paths = Array.from({ length: 200 }, () => {
      const path = [readings.at(-1)!.count]
      while (path.length <= 1000) {
        const start = Math.floor(random() * Math.max(1, throughput.length - block + 1))
        for (let day = start; day < start + block; day++) {
          path.push(Math.max(0, path.at(-1)! - (throughput[day] ?? 0)))
        }
      }
      return path
    })
    const quantiles = (values: number[]) => {
      const sorted = values.sort((one, other) => one - other)
      return asked.probs.map(prob => sorted[Math.floor(prob * sorted.length)]!)
    }
    const reached = (path: number[], level: number) => {
      const day = path.findIndex(count => count <= level + 1e-9)
      return day < 0 ? Infinity : day
    }
    return {
      count: asked.horizons.map(days => quantiles(paths.map(path => path[days]!))),
      reach: asked.levels.map(level => quantiles(paths.map(path => reached(path, level)))),
    }
  }
}

function dailyThroughput(points: Point[]): number[] {
  const days = points.slice(1).flatMap((point, index) => {
    const before = points[index]!
    const gap = point.day - before.day
    return Array.from({ length: gap }, () => (before.count - point.count) / gap)
  })
  const silent = Array.from({ length: -points.at(-1)!.day }, () => 0)
  return [...days, ...silent]
}

/** Numbers in [0, 1), the same on every run. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
