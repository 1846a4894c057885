import { gateStanding } from '../../domain/gates.ts'
import { holdsOf } from '../../domain/lifecycle.ts'
import { sayName } from '../../http/words.ts'
import { listGates } from '../../store/gates.ts'
import type { GateRow } from '../../store/nouns.ts'
import { listResiduals, type ResidualState } from '../../store/residuals.ts'
import type { SystemState } from '../../store/systems.ts'
import { sayLast } from '../counts/round-form.ts'
import type { Visit } from '../visit.ts'

/** What keeps a system from being ready, each with where it is settled on its page. */
export type SaidHold = { text: string; next: { text: string; href: string } }

/** One line for each condition that is not met. */
export async function sayHolds(visit: Visit, system: SystemState): Promise<SaidHold[]> {
  const { context, t, language, today } = visit
  const residuals = await listResiduals(context.db, [system.id])
  const gates = await listGates(context.db, { systemId: system.id })
  const said = new Map([
    ['residual', t(residuals.length > 0 ? 'residual.allClosed' : 'residual.none')],
    ...residuals.map(one => [`residual:${one.key}`, sayResidual(one)] as const),
    ...gates.map(one => [`gate:${one.key}`, sayGate(one)] as const),
  ])
  return holdsOf(residuals, gates, today).map(hold => ({
    text: said.get(hold) ?? hold,
    next: hold.startsWith('gate:')
      ? { text: t('gates.title'), href: '#gates' }
      : { text: t('residual.title'), href: '#residuals' },
  }))

  function sayResidual(residual: ResidualState): string {
    return t('system.holdsCount', { name: sayName(language, residual), count: sayLast(visit, residual) })
  }

  function sayGate(gate: GateRow): string {
    const standing = t(`gate.${gateStanding(gate, today)}`)
    return t('system.holdsGate', { name: sayName(language, gate), standing })
  }
}

/** What an override left behind: it holds nothing any more, and is not settled. */
export async function sayLeftBehind(visit: Visit, system: SystemState): Promise<SaidHold[]> {
  const isOverridden = system.status === 'retired' && system.overrideReason !== null
  return isOverridden ? sayHolds(visit, system) : []
}
