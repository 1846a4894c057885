import type { Blocker } from '../../domain/shutdown/blockers.ts'
import { listStillHeld, touchedBy } from '../../domain/shutdown/comparison.ts'
import type { Judgement } from '../../domain/shutdown/judge.ts'
import type { Change } from '../../domain/shutdown/what-if.ts'
import { servicePath, whatIfPath } from '../../http/addresses.ts'
import { sayBlockers } from '../../http/blockers/blocker-words.ts'
import type { Wish } from '../../http/what-if-query.ts'
import { sayNumber } from '../../http/words.ts'
import { sayStayingWays } from '../services/service-staying.ts'
import type { Visit } from '../visit.ts'

const SHOWN = 12
/** Behind the first, to be opened. */
const OPENED = 200
const NAMED = 10

/** What is left in the way of the services that the change helped, each with the step that would add it. */
export async function whyNotMore(
  visit: Visit,
  before: Judgement,
  after: Judgement,
  change: Change,
  wishes: readonly Wish[],
) {
  const { t, language } = visit
  const { services, blockers } = listStillHeld(before, after, touchedBy(before, change))
  const shown = blockers.slice(0, SHOWN + OPENED)
  const said = await sayBlockers(visit, shown)
  const gates = openGates(before, after, change)
  const isGate = new Set(gates.map(({ id }) => id))
  const others = gates.filter(({ id }) => !shown.slice(0, SHOWN).some(blocker => blocker.id === id))
  const number = (count: number) => ({ count, number: sayNumber(language, count) })
  const rows = shown.map((blocker, at) => ({
    ...said[at]!,
    text: blocker.kind === 'permanent' ? sayWhoStays() : sayHolding(blocker.id, said[at]!.text),
    // Of those who stay each has its own day.
    date: blocker.kind === 'permanent' ? null : said[at]!.date,
    isAlarm: isGate.has(blocker.id),
    holds: t('whatIf.holds', number(blocker.services)),
    also:
      blocker.kind === 'permanent'
        ? null
        : whatIfPath([...wishes, { parameter: 'resolve', value: blocker.id }]),
  }))
  return {
    heading: t('whatIf.stillHeld', number(services.length)),
    services: services.slice(0, NAMED).map(key => ({ text: key, href: servicePath(key) })),
    moreServices: services.length > NAMED ? t('whatIf.more', number(services.length - NAMED)) : null,
    gates: (await sayBlockers(visit, others)).map(({ text, next }) => ({ text: sayGateStays(text), next })),
    rows: rows.slice(0, SHOWN),
    rest: rows.slice(SHOWN),
    moreReasons: t('whatIf.moreReasons', number(blockers.length - SHOWN)),
    more: blockers.length > shown.length ? t('whatIf.more', number(blockers.length - shown.length)) : null,
  }

  function sayHolding(id: string, text: string): string {
    return isGate.has(id) ? sayGateStays(text) : text
  }

  function sayWhoStays(): string {
    return t('whatIf.whoStays', { ways: sayStayingWays(visit, after, services).join(t('service.stays.and')) })
  }

  function sayGateStays(gate: string): string {
    return t('whatIf.gateStays', { gate })
  }
}

/** A residual that reaches zero closes no gate: the gates that stay open beside each resolved residual. */
function openGates(before: Judgement, after: Judgement, { resolve }: Change): Blocker[] {
  const emptied = new Set<string>()
  for (const id of resolve) {
    const blocker = before.holds.blockers[before.holds.numbers.get(id) ?? -1]
    if (blocker?.kind === 'residual' && blocker.owner.kind === 'system') emptied.add(blocker.owner.system)
  }
  return after.holds.blockers.filter(({ owner }) => owner.kind === 'system-gate' && emptied.has(owner.system))
}
