/** What became of a plan, counted. */

import type { Day } from '../../domain/calendar.ts'
import type { When } from '../../domain/shutdown/moments.ts'
import type { Fact, PlanComparison } from '../../domain/shutdown/plan.ts'
import { sayNumber } from '../../http/words.ts'
import type { Visit } from '../visit.ts'

/** Then: "23 services were to go; 20 had a day; 3 had none". Now: "5 are off, 2 of them late; 10 have not moved". */
export function sayTally(
  { t, language }: Visit,
  { rows, added }: PlanComparison,
  overridden: ReadonlyMap<string, string>,
): { kept: string; now: string | null } {
  const facts = rows.map(row => ({
    service: row.service,
    before: prospectOf(row.planned, row.unlessSeen),
    ...row.fact,
  }))
  // What some of them are is no item of its own.
  const off = toldOf(offOf(facts, overridden)).reduce(
    (all, some) => (all ? t('keptPlan.tally.within', { all, some }) : some),
    '',
  )
  const on = toldOf([...onOf(facts), ['gone', facts.filter(({ kind }) => kind === 'gone')], ['added', added]])
  const now = off ? [off, ...on] : on
  return {
    kept: toldOf([['all', rows], ...thenOf(facts)]).join(t('open.separator')),
    now: now.length > 0 ? t('keptPlan.now', { parts: now.join(t('open.separator')) }) : null,
  }

  function toldOf(tallies: readonly Tally[]): string[] {
    return tallies
      .filter(([code, some]) => code === 'all' || some.length > 0)
      .map(([code, { length: count }]) =>
        t(`keptPlan.tally.${code}`, { count, number: sayNumber(language, count) }),
      )
  }
}

type Tally = [code: string, some: readonly unknown[]]
type Told = Fact & { service: string; before: Prospect }

/** How a planned day stands: `seen` is held for ever only while what was seen is seen again. */
type Prospect = 'day' | 'unknown' | 'never' | 'seen'

function prospectOf(planned: When, unlessSeen: Day | null): Prospect {
  if (planned === 'never') return unlessSeen ? 'seen' : 'never'
  return planned === 'unknown' ? 'unknown' : 'day'
}

function offOf(facts: readonly Told[], overridden: ReadonlyMap<string, string>): Tally[] {
  const off = facts.filter(({ kind }) => kind === 'off')
  const forced = off.filter(({ service }) => overridden.has(service))
  const isAllForced = off.length > 0 && forced.length === off.length
  return [
    [isAllForced ? 'offForced' : 'off', off],
    [off.length === 1 ? 'lateAlone' : 'late', off.filter(isLate)],
    ['overridden', isAllForced ? [] : forced],
  ]
}

function onOf(facts: readonly Told[]): Tally[] {
  const on = facts
    .filter(fact => fact.kind === 'on')
    .map(fact => ({ ...fact, now: prospectOf(fact.plannedNow, fact.unlessSeen) }))
  const from = (then: readonly Prospect[], now: readonly Prospect[]) =>
    on.filter(fact => then.includes(fact.before) && now.includes(fact.now))
  return [
    ['same', on.filter(({ days }) => days === 0)],
    ['later', on.filter(isLate)],
    ['earlier', on.filter(({ days }) => days !== null && days < 0)],
    ['found', from(['unknown', 'never', 'seen'], ['day'])],
    ['lost', from(['day'], ['unknown', 'never', 'seen'])],
    ['still', from(['unknown', 'seen'], ['unknown'])],
    ['stillNever', from(['never'], ['never'])],
    ['nevermore', from(['unknown', 'seen'], ['never'])],
    ['againstNever', from(['never'], ['unknown'])],
    ['nowUnlessSeen', from(['unknown', 'never', 'seen'], ['seen'])],
  ]
}

/** How many had a day when the plan was kept, where some had none: what never had one cannot have kept it. */
function thenOf(facts: readonly Told[]): Tally[] {
  if (facts.every(({ before }) => before === 'day')) return []
  return [
    ['dated', facts.filter(({ before }) => before === 'day')],
    ['undated', facts.filter(({ before }) => before === 'unknown')],
    ['never', facts.filter(({ before }) => before === 'never')],
    ['unlessSeen', facts.filter(({ before }) => before === 'seen')],
  ]
}

function isLate(fact: Fact): boolean {
  return fact.kind !== 'gone' && fact.days !== null && fact.days > 0
}
