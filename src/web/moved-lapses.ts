import { listMoved } from '../domain/shutdown/comparison.ts'
import type { ChangeEffect } from '../http/change-effect.ts'
import { lapsingFor, sayLapses } from '../http/lapses.ts'
import type { Visit } from './visit.ts'

/** What ends before the dates that a change brings, though they rest on it; nothing where no date does. */
export async function sayMovedLapses(
  visit: Visit,
  { before, after }: Pick<ChangeEffect, 'before' | 'after'>,
): Promise<string[]> {
  const lapsing = await lapsingFor(visit)
  const lapses = new Set(listMoved(before, after).flatMap(({ id }) => lapsing.get(id) ?? []))
  if (lapses.size === 0) return []
  const said = await sayLapses(visit, [...lapses])
  return [visit.t('effect.lapses', { lapses: said.join(visit.t('open.separator')) })]
}
