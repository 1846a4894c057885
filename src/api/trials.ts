import { z } from 'zod'
import { optionalName, optionalOneOf } from '../actions/input.ts'
import { countTrials, listComplaints, listTrialsOfAll, type TrialFilter } from '../store/trials.ts'
import { serviceHref } from './addresses.ts'
import { endpoint } from './endpoint.ts'
import { PAGING, pageAsked, paged, pageOf } from './pages.ts'
import { day, named, number, text, WITHDRAWABLE } from './shapes.ts'

const complaint = z.object({
  id: number,
  version: number,
  ...WITHDRAWABLE,
  day,
  complainant: text,
  complaint: text,
  consumer: text.nullable().describe('Key of the service that it turned out to be a use by'),
  external: text.nullable().describe('The same for somebody outside the estate'),
})

const trial = named(
  'Trial',
  z.object({
    id: number,
    version: number,
    service: text,
    startedOn: day,
    note: text.nullable(),
    endedOn: day.nullable().describe('null: it runs'),
    endNote: text.nullable(),
    complaints: z.array(complaint),
    serviceHref: text,
  }),
)

/** The trial shutdowns, the newest first. */
export const trials = endpoint({
  summary: 'Trial shutdowns with their complaints, the newest first',
  query: z.strictObject({
    ...PAGING,
    service: optionalName().meta({ type: 'string', description: 'Key of a service' }),
    standing: optionalOneOf(['running', 'ended']).meta({ type: 'string', enum: ['running', 'ended'] }),
  }),
  answer: pageOf(trial),
  async act(asked, { query }) {
    const { db } = asked.context
    const { service, standing } = query
    const filter: TrialFilter = { ...(service && { service }), ...(standing && { standing }) }
    const found = await listTrialsOfAll(db, filter, pageAsked(query))
    const ids = found.map(({ id }) => id)
    const complaints = Map.groupBy(await listComplaints(db, ids), one => one.trialId)
    const items = found.map(one => ({
      ...one,
      complaints: complaints.get(one.id) ?? [],
      serviceHref: serviceHref(one.service),
    }))
    return paged(asked, query, await countTrials(db, filter), items)
  },
})
