import { addDays, type Day } from '../calendar.ts'
import { TWO_YEARS } from './constants.ts'

/** A forecast as it was published: one a day at most, kept for ever, judged later. */
export type KeptForecast = {
  residual: string
  owner: string | null
  /** Name and version of the method. */
  method: string
  madeOn: Day
  /** Chance to be gone within two years, and the days by which half and 85 of 100 of those are. */
  withinTwoYears: number
  p50: Day
  p85: Day
  target: { day: Day; chance: number } | null
}

/** When each residual stood at zero, up to the count that was another one; a residual that is not in the map never did. */
export type Outcomes = ReadonlyMap<string, readonly AtZero[]>
export type AtZero = { from: Day; until: Day | null }

/** One thing that was said and can be judged: the chance, and whether it came. */
export type Judged = { residual: string; said: number; came: 'yes' | 'no' }

/** A second forecast on the same day replaces the first only in the caller's hands: here it is not worth keeping. */
export function isWorthKeeping(previous: KeptForecast | null, next: KeptForecast): boolean {
  if (previous === null) return true
  return previous.madeOn < next.madeOn && SHOWN.some(shown => shown(previous) !== shown(next))
}

const SHOWN: ((kept: KeptForecast) => string | number | undefined)[] = [
  kept => kept.p50,
  kept => kept.p85,
  kept => Math.round(100 * kept.withinTwoYears),
  kept => kept.target?.day,
  kept => Math.round(100 * (kept.target?.chance ?? 0)),
  kept => kept.method,
]

/**
 * "Of the P85 dates we gave, `held` of `judged` held." A date is judged once it is behind us, so early arrivals do not flatter the record.
 * The dates were given for those gone within two years: `expected` is how many should have held, that chance included.
 */
export type DateRecord = { given: number; judged: number; held: number; expected: number }

export function dateRecord(
  kept: readonly KeptForecast[],
  outcomes: Outcomes,
  asOf: Day,
  date: 'p50' | 'p85',
): DateRecord {
  const judged = kept
    .filter(forecast => forecast[date] <= asOf)
    .map(forecast => judge(forecast, outcomes, forecast[date], SHARE[date] * forecast.withinTwoYears))
  return {
    given: kept.length,
    judged: judged.length,
    held: judged.filter(({ came }) => came === 'yes').length,
    expected: judged.reduce((sum, { said }) => sum + said, 0),
  }
}

/** Whether as many held as should have. Too few due, or too small a difference, says nothing: assumptions. */
export function verdictOf({
  judged,
  held,
  expected,
}: DateRecord): 'too_few' | 'as_said' | 'cautious' | 'hopeful' {
  if (judged < VERDICT.dates) return 'too_few'
  if (Math.abs(held - expected) <= VERDICT.share * judged) return 'as_said'
  return held > expected ? 'cautious' : 'hopeful'
}

const VERDICT = { dates: 20, share: 0.1 }

const SHARE = { p50: 0.5, p85: 0.85 } as const

/** Every chance that was given and whose day is behind us: by P50, by P85, by the target, within two years. */
export function judgeChances(kept: readonly KeptForecast[], outcomes: Outcomes, asOf: Day): Judged[] {
  return kept.flatMap(forecast => {
    const { withinTwoYears: within, target } = forecast
    const said: { day: Day; chance: number }[] = [
      { day: forecast.p50, chance: SHARE.p50 * within },
      { day: forecast.p85, chance: SHARE.p85 * within },
      { day: addDays(forecast.madeOn, TWO_YEARS), chance: within },
      ...(target && target.day > forecast.madeOn ? [target] : []),
    ]
    return said
      .filter(({ day }) => day <= asOf)
      .map(({ day, chance }) => judge(forecast, outcomes, day, chance))
  })
}

/** A date holds where the residual was at zero on that day: what comes back later is the story of later forecasts. */
function judge({ residual }: KeptForecast, outcomes: Outcomes, day: Day, said: number): Judged {
  const came = outcomes
    .get(residual)
    ?.some(({ from, until }) => from <= day && (until === null || day < until))
  return { residual, said, came: came ? 'yes' : 'no' }
}

/** What was said against what came, in fifths: the bars of the reliability picture. `said` and `came` are shares of the judged. */
export type ReliabilityBin = { from: number; to: number; judged: number; said: number; came: number }

export function reliability(judged: readonly Judged[]): ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, index) => {
    const inside = judged.filter(({ said }) => Math.min(BINS - 1, Math.floor(said * BINS)) === index)
    const count = Math.max(1, inside.length)
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      judged: inside.length,
      said: inside.reduce((sum, { said }) => sum + said, 0) / count,
      came: inside.filter(({ came }) => came === 'yes').length / count,
    }
  })
}

const BINS = 5

/** The record per method or per owner; forecasts without an owner under ''. */
export function groupKept(
  kept: readonly KeptForecast[],
  by: 'method' | 'owner',
): Map<string, readonly KeptForecast[]> {
  return Map.groupBy(kept, forecast => forecast[by] ?? '')
}
