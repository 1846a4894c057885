import type { Judgement } from '../domain/shutdown/judge.ts'
import { whatIfPath } from '../http/addresses.ts'
import type { SaidBlocker } from '../http/blockers/blocker-words.ts'
import { exportLinks } from './shutdown/shutdown-exports.ts'
import type { Visit } from './visit.ts'

/** From the page of one thing to what would happen if something about it changed, and to the plans of the whole. */

export type Further = {
  links: { text: string; href: string }[]
  exports: ReturnType<typeof exportLinks>
}

/** Each reason with the question what its end would change; a reason that holds no service changes nothing. */
export function withWhatIf<B extends SaidBlocker>(judgement: Judgement, blockers: readonly B[]) {
  return blockers.map(blocker => ({ ...blocker, whatIf: whatIfEnded(judgement, blocker.id) }))
}

export function furtherOfService(visit: Visit, { graph }: Judgement, key: string): Further {
  const isOn = graph.isOn[graph.numbers.get(key) ?? -1] === 1
  const href = whatIfPath([{ parameter: 'off', value: key }])
  return furtherWith(visit, isOn ? [{ text: visit.t('whatIf.ifOff', { key }), href }] : [])
}

export function furtherOfSystem(visit: Visit, judgement: Judgement, key: string): Further {
  const residual = whatIfEnded(judgement, `residual:${key}`)
  const system = whatIfPath([{ parameter: 'system', value: key }])
  return furtherWith(visit, [
    ...(residual ? [{ text: visit.t('whatIf.ifZero'), href: residual }] : []),
    { text: visit.t('whatIf.ifSettled'), href: system },
  ])
}

function furtherWith(visit: Visit, links: Further['links']): Further {
  const { t } = visit
  const plans = { text: t('keptPlan.title'), href: '/plans' }
  return {
    links: [...links, { text: t('nav.shutdown'), href: '/shutdown' }, plans],
    exports: exportLinks(visit),
  }
}

function whatIfEnded({ holds }: Judgement, value: string): string | null {
  const number = holds.numbers.get(value)
  const isKnown = number !== undefined && number !== holds.permanent
  return isKnown ? whatIfPath([{ parameter: 'resolve', value }]) : null
}
