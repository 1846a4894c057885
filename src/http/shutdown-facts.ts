import type { Day } from '../domain/calendar.ts'
import { NO_CONSUMERS_GATE } from '../domain/register.ts'
import { type Ranking, rankBlockers } from '../domain/shutdown/acceleration.ts'
import type { Blocker } from '../domain/shutdown/blockers.ts'
import { type FrontierEdge, listFrontier, listWaves, servicesHeld } from '../domain/shutdown/estate.ts'
import { type Hints, hintsOf } from '../domain/shutdown/hints.ts'
import type { Judgement } from '../domain/shutdown/judge.ts'
import { listGroups, type ServiceGroup } from '../domain/shutdown/rings.ts'
import { listWarnings, type Warning } from '../domain/shutdown/warnings.ts'
import type { Judged } from '../store/judged.ts'
import type { CostsBeside } from '../store/landscape-rows.ts'
import { type Asking, judgedFor } from './judged.ts'
import { remembered } from './remembered.ts'

/** What is said of shutting down the whole estate. */
export type ShutdownFacts = CostsBeside & {
  judgement: Judgement
  revision: number
  waves: string[][]
  groups: ServiceGroup[]
  frontier: FrontierEdge[]
  /** Numbers of blockers, the one most valuable to end first; `tell` knows the rest. */
  blockers: readonly number[]
  /** The day that stands for a date nobody knows, where time is worth money. */
  horizon: Day
  /** Services of which only their silence is known, until somebody confirms that no one calls them. */
  unconfirmed: string[]
  /** What each such confirmation would end, the most valuable first. */
  silences: readonly number[]
  tell: Ranking['tell']
  warnings: Warning[]
  hints: Hints
}

const factsOf = remembered<Judged, ShutdownFacts>()

export async function shutdownFacts(asking: Asking): Promise<ShutdownFacts> {
  const judged = await judgedFor(asking)
  return factsOf(judged, () => {
    const { judgement, revision, currencies, knownCosts } = judged
    const { numbers, tell, horizon } = rankBlockers(judgement, knownCosts)
    const { isSilent, ...standing } = standingOf(judgement)
    const told = { judgement, revision, currencies, knownCosts, horizon, tell }
    return { ...told, ...standing, ...dividedBySilence(numbers, isSilent) }
  })
}

type Standing = Pick<
  ShutdownFacts,
  'waves' | 'groups' | 'frontier' | 'unconfirmed' | 'warnings' | 'hints'
> & {
  /** By blocker. */
  isSilent: readonly boolean[]
}

const standings = remembered<Judgement['verdicts'], Standing>()

/** What no date has a part in: while no verdict can have changed, a judgement carries the same list of them on. */
function standingOf(judgement: Judgement): Standing {
  return standings(judgement.verdicts, () => {
    const isSilent = judgement.holds.blockers.map(isSilence)
    const silent = [...isSilent.keys()].filter(blocker => isSilent[blocker])
    return {
      isSilent,
      unconfirmed: silent.flatMap(blocker => servicesHeld(judgement, blocker)).sort(),
      waves: listWaves(judgement),
      groups: listGroups(judgement),
      frontier: listFrontier(judgement),
      warnings: listWarnings(judgement),
      hints: hintsOf(judgement),
    }
  })
}

type Divided = Pick<ShutdownFacts, 'blockers' | 'silences'>

const divided = remembered<readonly number[], Divided>()

/** The order stays the same list while no day has moved. */
function dividedBySilence(numbers: readonly number[], isSilent: readonly boolean[]): Divided {
  return divided(numbers, () => {
    const [blockers, silences]: [number[], number[]] = [[], []]
    for (const blocker of numbers) (isSilent[blocker] ? silences : blockers).push(blocker)
    return { blockers, silences }
  })
}

function isSilence({ owner }: Blocker): boolean {
  return owner.kind === 'service-gate' && owner.gate === NO_CONSUMERS_GATE
}
