import { z } from 'zod'
import { parseLandscape } from './landscape-json.ts'
import { day, id, name, orNull, text, version, whole, withdrawable } from './workspace-fields.ts'

/** So many signs a kept landscape has at most, some 150,000 uses: an import that meets a longer row refuses the file. */
export const LONGEST_LANDSCAPE = 1 << 25

/** The tables of plans and trial shutdowns, as part of an exported workspace. */
export const PLANS_AND_TRIALS = {
  plan: z.strictObject({
    id,
    version,
    ...withdrawable,
    name,
    note: orNull(text),
    madeOn: day,
    madeBy: text,
    revision: whole,
    rulesVersion: name,
    hash: name,
    landscape: text.refine(isLandscape, 'must be a landscape that the analysis can read'),
  }),
  trial_shutdown: z.strictObject({
    id,
    version,
    serviceId: id,
    startedOn: day,
    note: orNull(text),
    endedOn: orNull(day),
    endNote: orNull(text),
  }),
  trial_complaint: z.strictObject({
    id,
    version,
    ...withdrawable,
    trialId: id,
    day,
    complainant: name,
    complaint: text,
    dependencyId: orNull(id),
    externalConsumerId: orNull(id),
  }),
} as const

function isLandscape(given: string): boolean {
  try {
    parseLandscape(given)
    return true
  } catch {
    return false
  }
}
