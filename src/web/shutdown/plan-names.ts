import type { PlannedDecider } from '../../domain/shutdown/deciders.ts'
import type { PlanRow } from '../../domain/shutdown/plan.ts'
import { sayName } from '../../http/words.ts'
import { loadBlockerDetails } from '../../store/blocker-details.ts'
import type { Visit } from '../visit.ts'

/** What the things are called that set planned days; by their keys where the register of today does not know them. */
export type PlanNames = {
  system: (key: string) => string
  gate: (owner: { system?: string; service?: string }, key: string) => string
}

export async function planNames(visit: Visit, rows: readonly Pick<PlanRow, 'fact'>[]): Promise<PlanNames> {
  const deciders = rows.flatMap(({ fact }) =>
    fact.kind === 'gone'
      ? []
      : [
          ...(fact.kind === 'on' ? [fact.decider, ...fact.afterwards] : []),
          ...fact.parts.map(({ decider }) => decider),
        ],
  )
  return namesIn(visit, deciders)
}

/** What the things are called that set a day. */
export async function namesIn(
  { context, language }: Pick<Visit, 'context' | 'language'>,
  deciders: readonly (PlannedDecider | null)[],
): Promise<PlanNames> {
  const blockers = deciders.flatMap(decider => (decider?.kind === 'blocker' ? [decider.blocker] : []))
  const distinct = new Map(blockers.map(blocker => [blocker.id, blocker]))
  const { systems, gates, serviceGates } = await loadBlockerDetails(context.db, [...distinct.values()])
  return {
    system: key => nameOf(systems.get(key), key),
    gate: ({ system, service }, key) => {
      const gate = system ? gates.get(`${system}/${key}`) : serviceGates.get(`${service}/${key}`)
      return nameOf(gate, key)
    },
  }

  function nameOf(thing: { name: string; nameEn: string | null } | undefined, key: string): string {
    return thing ? sayName(language, thing) : key
  }
}
