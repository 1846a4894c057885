import type { Judgement } from './judge.ts'
import { listHeldSets } from './unlock.ts'

/** The blockers to end together, at most `size` of them. */
export type BestChoice = {
  size: number
  blockers: string[]
  /** Monthly cost of the services freed, and how many they are. */
  cost: number
  services: number
  /** False when the search gave up: best found, not proven. */
  isProven: boolean
}

/**
 * The most valuable choice of 1, 2, ... `most` blockers: highest monthly cost freed, then most services. Only
 * covering all the blockers of a service frees it, so the best pair need not contain the best single one and
 * picking one after the other goes wrong.
 *
 * Branch and bound (Land and Doig, 1960): take or leave one blocker at a time. A set that misses d blockers
 * promises each of them a d-th of its worth, so no choice of r more can add more than the r highest promises.
 * `effort` limits the work of each size, in blockers looked at; `held` may leave out what nobody can end.
 */
export function bestSets(
  judgement: Judgement,
  most: number,
  effort = 20_000_000,
  held = listHeldSets(judgement),
): BestChoice[] {
  const sets = held.map(({ blockers, services, cost }) => ({
    missing: blockers,
    services: services.length,
    cost,
  }))
  const rounded = sets.every(set => Number.isInteger(set.cost)) ? Math.floor : (cost: number) => cost
  const choices: BestChoice[] = []
  let last: Found = { chosen: [], cost: 0, services: 0 }
  for (let size = 1; size <= most; size++) {
    const search = new Search(size, last, effort, rounded)
    search.look({ chosen: [], cost: 0, services: 0 }, sets)
    last = search.best
    choices.push({
      size,
      blockers: last.chosen.map(number => judgement.holds.blockers[number]!.id).sort(),
      cost: last.cost,
      services: last.services,
      isProven: search.effort > 0,
    })
  }
  return choices
}

export type Found = { chosen: number[]; cost: number; services: number }
export type Wanted = { missing: number[]; services: number; cost: number }

class Search {
  readonly size: number
  best: Found
  effort: number

  /** Down to what sums of these costs can be: whole money stays whole. */
  private readonly rounded: (cost: number) => number

  constructor(size: number, best: Found, effort: number, rounded: (cost: number) => number) {
    this.size = size
    this.best = best
    this.effort = effort
    this.rounded = rounded
  }

  /** Taking a blocker nests, at most `size` deep; leaving one goes round the loop. */
  look(taken: Found, wanted: Wanted[]): void {
    let open = wanted
    while (this.effort > 0) {
      const now = collected(taken, open)
      if (isBetter(now, this.best)) this.best = now
      const left = this.size - now.chosen.length
      open = open.filter(set => set.missing.length > 0 && set.missing.length <= left)
      if (open.length === 0) return
      this.effort -= open.reduce((sum, set) => sum + set.missing.length, 0)
      const promises = promisesOf(open)
      const bound = boundOf(now, promises, left)
      if (!isBetter({ ...bound, cost: this.rounded(bound.cost) }, this.best)) return
      const next = promises[0]!.blocker
      this.look(
        { ...now, chosen: [...now.chosen, next] },
        open.map(set => without(set, next)),
      )
      open = open.filter(set => !set.missing.includes(next))
      taken = now
    }
  }
}

type Promised = { blocker: number; cost: number; services: number }

/** Thirds do not add up exactly in binary: a little is added, and services are then rounded down again. */
export function boundOf(now: Found, promises: readonly Promised[], left: number): Found {
  const counts = promises.map(promise => promise.services).sort((a, b) => b - a)
  const services = counts.slice(0, left).reduce((sum, count) => sum + count, now.services)
  const cost = promises.slice(0, left).reduce((sum, promise) => sum + promise.cost, now.cost)
  return {
    chosen: [],
    cost: aLittleMore(cost),
    services: Math.floor(aLittleMore(services)),
  }
}

/** What each blocker can add at most, the most promising first. */
export function promisesOf(open: readonly Wanted[]): Promised[] {
  const promises = new Map<number, Promised>()
  for (const set of open) {
    for (const blocker of set.missing) {
      const promise = promises.get(blocker) ?? { blocker, cost: 0, services: 0 }
      promise.cost += set.cost / set.missing.length
      promise.services += set.services / set.missing.length
      promises.set(blocker, promise)
    }
  }
  return [...promises.values()].sort(
    (a, b) => b.cost - a.cost || b.services - a.services || a.blocker - b.blocker,
  )
}

export function collected(taken: Found, sets: readonly Wanted[]): Found {
  const done = sets.filter(set => set.missing.length === 0)
  return {
    chosen: taken.chosen,
    cost: done.reduce((sum, set) => sum + set.cost, taken.cost),
    services: done.reduce((sum, set) => sum + set.services, taken.services),
  }
}

function aLittleMore(value: number): number {
  return value * (1 + 1e-12) + 1e-6
}

export function without(set: Wanted, blocker: number): Wanted {
  return set.missing.includes(blocker)
    ? { ...set, missing: set.missing.filter(other => other !== blocker) }
    : set
}

function isBetter(a: Found, b: Found): boolean {
  return a.cost > b.cost || (a.cost === b.cost && a.services > b.services)
}
