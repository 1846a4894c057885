import type { Unit } from '../../domain/vocabulary.ts'
import { sayName, sayOpenNumber } from '../../http/words.ts'
import { findSystemsById, listSystems, type SystemState } from '../../store/systems.ts'
import type { Visit } from '../visit.ts'
import { openOf } from './kept-sums.ts'

const NAMED = 5
/** So many systems that stay are looked into for counts of the unit. */
const STAYING = 50

/** What was left in a system when it retired is in the sums in words; its line ends with it. */
export async function sayEnded(visit: Visit, unit: Unit, ids: readonly number[]): Promise<string[]> {
  const left = namesWithCounts(visit, unit, await findSystemsById(visit.context.db, ids))
  return left ? [visit.t('overview.ended', { systems: left })] : []
}

/** What stays is drawn, counted lately or not, and the sums in words leave it out. */
export async function sayStaying(visit: Visit, unit: Unit): Promise<string[]> {
  const { context, t } = visit
  const page = { limit: STAYING, offset: 0 }
  const staying = await listSystems(context.db, { status: 'cancelled' }, 'open', page)
  const systems = namesWithCounts(visit, unit, staying)
  return systems ? [t('overview.stayingDrawn', { systems })] : []
}

function namesWithCounts({ t, language }: Visit, unit: Unit, systems: readonly SystemState[]): string | null {
  const left = systems.flatMap(system => {
    const open = openOf(system, unit)
    const count = open && open.counted + open.atLeast > 0 ? sayOpenNumber(t, language, open) : null
    return count ? [t('overview.endedOne', { label: sayName(language, system), count })] : []
  })
  if (left.length === 0) return null
  return left.slice(0, NAMED).join(t('attention.comma')) + (left.length > NAMED ? '…' : '')
}
