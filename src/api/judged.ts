import { RULES_VERSION } from '../domain/shutdown/judge.ts'
import { inputHashFor, judgedFor } from '../http/judged.ts'
import { loadEstateOutlook } from '../store/estate-forecasts.ts'
import type { Asked } from './endpoint.ts'

/** The estate judged with every forecast of the day: a machine waits for it, where a page shows what there is. */
export async function judgedWhole(asked: Asked) {
  await loadEstateOutlook(asked.context.db, asked.today)
  return judgedFor(asked)
}

export async function stampFor(asked: Asked) {
  return { asOf: asked.today, rules: RULES_VERSION, inputSha256: await inputHashFor(asked) }
}
