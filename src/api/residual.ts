import { z } from 'zod'
import { NotFound } from '../actions/refusal.ts'
import { readId } from '../domain/id.ts'
import { listProfiles } from '../store/maturity.ts'
import type { Noun } from '../store/nouns.ts'
import { countReadings, listReadings } from '../store/readings.ts'
import { findRoundResiduals } from '../store/round.ts'
import { systemHref } from './addresses.ts'
import { endpoint } from './endpoint.ts'
import { PAGING, pageAsked, paged, pageOf } from './pages.ts'
import { maturityProfile, reading, residual, residualOn } from './residual-shapes.ts'
import { number, orUnknown, text } from './shapes.ts'

/** One residual with all its readings, none of them hidden. */
export const residualByItsId = endpoint({
  summary: 'One residual, its newest count and its readings, newest first, superseded and withdrawn ones too',
  query: z.strictObject(PAGING),
  answer: z.object({
    ...residual.shape,
    system: z.object({ key: text, href: text }),
    latestReading: orUnknown(number, 'Id of the newest reading: what `seen` names when a count is sent'),
    maturityProfiles: z
      .array(maturityProfile)
      .describe('The newest first; the first that stands is in force'),
    readings: pageOf(reading),
  }),
  async act(asked, { path, query }) {
    const { db, config } = asked.context
    const id = idIn(path.id!, 'residual')
    const [found] = await findRoundResiduals(db, [id])
    if (!found) throw new NotFound('residual', id)
    const profiles = await listProfiles(db, id)
    const { limit, offset } = pageAsked(query)
    const readings = await listReadings(db, id, limit, offset)
    return {
      ...residualOn(asked.today, config.CADENCE_DAYS, found, found.systemStatus),
      system: { key: found.systemKey, href: systemHref(found.systemKey) },
      latestReading: found.latestId,
      maturityProfiles: profiles.map(profile => ({ ...profile, ends: [...profile.ends] })),
      readings: paged(asked, query, await countReadings(db, id), readings),
    }
  },
})

/** The number in an address. Throws NotFound for what is none. */
export function idIn(given: string, noun: Noun): number {
  const id = readId(given)
  if (id === null) throw new NotFound(noun, given)
  return id
}
