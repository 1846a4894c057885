import type { Judgement, Verdict } from '../domain/shutdown/judge.ts'
import { isHeldBy } from '../domain/shutdown/service.ts'
import type { Db } from '../store/columns.ts'
import { listServices } from '../store/services.ts'

/** What a service has to be: `blocker` is the id of a reason that holds it, `system` the key of one it serves. */
export type ServiceSearch = { text?: string; verdict?: Verdict; system?: string; blocker?: string }

/** The keys of the services asked for, in their order. */
export async function searchServices(
  db: Db,
  judgement: Judgement,
  { text, verdict, system, blocker }: ServiceSearch,
): Promise<string[]> {
  const { graph, verdicts, holds } = judgement
  const named = text ? new Set((await listServices(db, { text })).map(({ key }) => key)) : null
  const holder = blocker ? (holds.numbers.get(blocker) ?? -1) : null
  return graph.ids.filter(
    (id, service) =>
      (!verdict || verdicts[service] === verdict) &&
      (!system || graph.services[service]!.systems.includes(system)) &&
      (holder === null || isHeldBy(judgement, service, holder)) &&
      (!named || named.has(id)),
  )
}
