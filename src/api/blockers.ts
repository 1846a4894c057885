import { z } from 'zod'
import type { Known } from '../domain/known-cost.ts'
import type { RankedBlocker } from '../domain/shutdown/acceleration.ts'
import { shutdownFacts } from '../http/shutdown-facts.ts'
import { listServiceCurrencies } from '../store/money.ts'
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

type ToMoney = (fen: number, known: Known) => z.infer<typeof sum>

/** The analysis counts in one unit of money, which it does not name, and an unknown cost as nothing: that is told. */
export async function moneyOf({ context, today }: Asked): Promise<ToMoney> {
  const [currency, another] = await listServiceCurrencies(context.db, today)
  if (currency === undefined) return () => null
  return (fen, known) => {
    const isWhole = known === 'all'
    if (known === 'none' || (!isWhole && fen === 0)) return null
    return { fen: Math.round(fen), currency: another === undefined ? currency : null, isWhole }
  }
}

export async function rankedWithMoney(asked: Asked, ranked: readonly RankedBlocker[]) {
  const money = await moneyOf(asked)
  const { judgement } = await shutdownFacts(asked)
  const said = await inWords(asked, ranked)
  return said.map(({ acceleration, accelerationKnown, unlock, services, ...blocker }) => ({
    ...blocker,
    holdsDirectly: services,
    holdsInAll: countHeld(judgement, blocker.id),
    acceleration: money(acceleration, accelerationKnown),
    unlock: { services: unlock.services, cost: money(unlock.cost, unlock.known) },
  }))
}
