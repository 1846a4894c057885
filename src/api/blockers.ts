import { z } from 'zod'
import type { KnownCost } from '../domain/known-cost.ts'
import { inWholeFen } from '../domain/money.ts'
import type { RankedBlocker } from '../domain/shutdown/acceleration.ts'
import { shutdownFacts } from '../http/shutdown-facts.ts'
import type { CostsBeside } from '../store/landscape-rows.ts'
import { countHeld, inWords, rankedBlocker } from './blocker-shapes.ts'
import { type Asked, endpoint } from './endpoint.ts'
import { judgedWhole, stampFor } from './judged.ts'
import { PAGING, paged, pageFrom, pageOf } from './pages.ts'
import { stamp, type sum, text } from './shapes.ts'

/** What holds services, the most valuable to end first, as the shutdown page ranks it. */
export const blockers = endpoint({
  summary: 'What holds services, ranked by what ending it today is worth; silences apart',
  query: z.strictObject(PAGING),
  answer: pageOf(rankedBlocker).extend({
    stamp,
    unconfirmed: z
      .array(text)
      .describe('Services of which only their silence is known, until somebody confirms it'),
  }),
  async act(asked, { query }) {
    await judgedWhole(asked)
    const facts = await shutdownFacts(asked)
    const items = await rankedWithMoney(asked, pageFrom(facts.blockers, query).map(facts.tell))
    const page = paged(asked, query, facts.blockers.length, items)
    return { ...page, stamp: await stampFor(asked), unconfirmed: facts.unconfirmed }
  },
})

type ToMoney = (fen: number, beside: KnownCost) => z.infer<typeof sum>

/** The analysis counts in one currency, which it does not name, and an unknown cost as nothing: that is told. */
export function moneyOf({ currencies: [currency] }: CostsBeside): ToMoney {
  if (currency === undefined) return () => null
  return (fen, { known, others }) => {
    const isWhole = known === 'all'
    if (!isWhole && fen === 0 && others.length === 0) return null
    const [own, ...beside] = inWholeFen([{ fen, currency }, ...others])
    return { ...own!, isWhole, others: beside }
  }
}

export async function rankedWithMoney(asked: Asked, ranked: readonly RankedBlocker[], service?: string) {
  const facts = await shutdownFacts(asked)
  const money = moneyOf(facts)
  const said = await inWords(asked, ranked, service)
  return said.map(({ acceleration, accelerationKnown, unlock, services, ...blocker }) => ({
    ...blocker,
    holdsDirectly: services,
    holdsInAll: countHeld(facts.judgement, blocker.id),
    acceleration: money(acceleration, accelerationKnown),
    unlock: { services: unlock.services, cost: money(unlock.cost, unlock) },
  }))
}
