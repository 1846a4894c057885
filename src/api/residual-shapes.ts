import { z } from 'zod'
import type { Day } from '../domain/calendar.ts'
import { isCountedOut, staleDays } from '../domain/readings.ts'
import { CHANGE_REASONS, type Status, UNITS } from '../domain/vocabulary.ts'
import type { ResidualState } from '../store/residuals.ts'
import { residualHref } from './addresses.ts'
import {
  count,
  day,
  KEPT,
  moment,
  named,
  number,
  orUnknown,
  qualifier,
  text,
  WITHDRAWABLE,
} from './shapes.ts'
import { href } from './things.ts'

export const residual = named(
  'Residual',
  z.object({
    ...KEPT,
    key: text,
    name: text,
    nameEn: text.nullable(),
    unit: z.enum(UNITS),
    segment: text.nullable(),
    baseline: orUnknown(number, 'The starting amount; null: nobody said'),
    baselineOn: day.nullable(),
    declaredRate: orUnknown(z.number(), 'How many end a month, as somebody declared; 0 is "no change"'),
    declaredRateOn: orUnknown(day, 'The day on which that rate was declared; null: nobody knows'),
    declaredZeroOn: day.nullable(),
    cadenceDays: number.nullable().describe('How often it is counted; null: as usual in this register'),
    closedOn: day.nullable(),
    closedReason: text.nullable(),
    firstOn: day.nullable(),
    latest: orUnknown(
      count.extend({ day, unchangedSince: day, unchangedReadings: number }),
      'The newest count in force; null: never counted, so unknown and not 0',
    ),
    unknown: z.enum(['never_counted']).nullable().describe('Why nobody can say how many are left'),
    staleDays: orUnknown(
      number,
      'Days by which the newest count is older than its cadence; null: never counted',
    ),
    href,
  }),
)

export function residualOn(today: Day, usualCadence: number, row: ResidualState, status: Status) {
  const { latest, cadenceDays } = row
  const stale = (day: Day) => staleDays(day, cadenceDays ?? usualCadence, today)
  return {
    ...row,
    unknown: latest ? null : ('never_counted' as const),
    staleDays: latest && (isCountedOut(latest, status) ? 0 : stale(latest.day)),
    href: residualHref(row.id),
  }
}

export const reading = named(
  'Reading',
  z.object({
    id: number,
    day,
    count: number,
    qualifier,
    reason: z.enum(CHANGE_REASONS).nullable(),
    note: text.nullable(),
    source: text.nullable(),
    recordedBy: text,
    recordedAt: moment,
    supersededAt: moment.nullable().describe('null: in force'),
    supersededBy: number.nullable().describe('The reading of the same day that holds instead'),
    withdrawnReason: text.nullable(),
  }),
)

export const maturityProfile = named(
  'MaturityProfile',
  z
    .object({
      ...KEPT,
      ...WITHDRAWABLE,
      day: day.describe('The day from which it is known'),
      ends: z.array(z.object({ endsOn: orUnknown(day, 'null: nobody knows the day'), count: number })),
    })
    .describe('How many of its contracts end on which day'),
)
