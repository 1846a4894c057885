import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../../../src/domain/calendar.ts'
import type { CountReading } from '../../../src/domain/forecast/history.ts'
import {
  CAUSES,
  type Cause,
  type Movement,
  type SystemOn,
  whyMoved,
} from '../../../src/domain/forecast/movement.ts'
import { CHANGE_REASONS } from '../../../src/domain/vocabulary.ts'
import { reading, residual } from './cast.ts'

const MAY = '2025-05-01'
const JUNE = '2025-06-01'
const EARLIER = [reading('2025-03-01', 200), reading('2025-04-01', 170), reading(MAY, 140)]

function system(
  day: string,
  residuals: Record<string, CountReading[]>,
  target: string | null = null,
): SystemOn {
  const inputs = Object.entries(residuals).map(([id, readings]) => ({ id, input: residual(readings) }))
  return { id: 'loans', day, target, residuals: inputs }
}

function movedBy(movement: Movement): Record<Cause, number> {
  if (movement.kind !== 'moved') throw new Error(`expected a movement, got ${JSON.stringify(movement)}`)
  return Object.fromEntries(movement.parts.map(part => [part.cause, part.days])) as Record<Cause, number>
}

const before = system(MAY, { orders: EARLIER })
const after = (...later: CountReading[]) => system(JUNE, { orders: [...EARLIER, ...later] })

test('a fast month moves the date less far than a silent one, and nothing else has a part in it', () => {
  const fast = movedBy(whyMoved(before, after(reading(JUNE, 60))))
  const silent = movedBy(whyMoved(before, after()))
  expect(fast.drain).toBeLessThan(silent.drain)
  const others = { terms: 0, recount: 0, leak: 0, residuals: 0, target: 0 }
  expect(fast).toMatchObject({ time: 31, ...others })
  expect(fast.drain).toBeLessThan(0)
})

test('where nothing was counted, it is time that moved the date, day by day', () => {
  const still = [reading('2025-01-01', 100), reading('2025-02-01', 100), reading(MAY, 100)]
  const moved = movedBy(whyMoved(system(MAY, { orders: still }), system('2025-05-11', { orders: still })))
  expect(moved.time).toBe(10)
  expect(Math.abs(moved.drain)).toBeLessThan(5)
})

test('a recount upwards answers for its own days', () => {
  const moved = movedBy(
    whyMoved(before, after(reading('2025-05-10', 1400, { reason: 'recount' }), reading(JUNE, 1300))),
  )
  expect(moved.recount).toBeGreaterThan(0)
  expect(moved.leak).toBe(0)
})

test('a leak that has been worked off since answers for its own days', () => {
  const leaked = after(reading('2025-05-02', 190, { reason: 'inflow' }), reading(JUNE, 180))
  expect(movedBy(whyMoved(before, leaked)).leak).toBeGreaterThan(0)
})

test('a leak that is still open takes the date away', () => {
  const leaked = after(reading('2025-05-10', 190, { reason: 'inflow' }))
  expect(whyMoved(before, leaked)).toEqual({ kind: 'became_unknown', cause: 'leak' })
})

test('a new residual moves the date; one never counted takes it away, its first count brings it back', () => {
  const wider = system(MAY, { orders: EARLIER, refunds: [reading(MAY, 900)] })
  expect(movedBy(whyMoved(before, { ...wider, day: MAY })).residuals).toBeGreaterThan(0)
  expect(movedBy(whyMoved(wider, system(JUNE, { orders: EARLIER }))).residuals).toBeLessThan(0)
  const unknown = system(MAY, { orders: EARLIER, refunds: [] })
  expect(whyMoved(before, unknown)).toEqual({ kind: 'became_unknown', cause: 'residuals' })
  expect(whyMoved(unknown, wider)).toEqual({ kind: 'became_known', cause: 'drain' })
  expect(whyMoved(unknown, unknown)).toEqual({ kind: 'still_unknown' })
})

test('a later target moves the chance, not the date', () => {
  const early = system(MAY, { orders: EARLIER }, '2025-09-01')
  const late = { ...early, target: '2026-09-01' }
  const movement = whyMoved(early, late)
  expect(movement).toMatchObject({ kind: 'moved', whole: { days: 0 } })
  if (movement.kind === 'moved')
    expect(movement.parts.find(part => part.cause === 'target')!.chance).toBeGreaterThan(0)
})

test('terms: a declared rate is a cause of its own, and so is the end of draining', () => {
  const once = system(MAY, { orders: [reading(MAY, 100)] })
  const declared = {
    ...once,
    residuals: [{ id: 'orders', input: residual([reading(MAY, 100)], { declaredPerMonth: 40 }) }],
  }
  expect(movedBy(whyMoved(once, declared)).terms).toBeLessThan(0)
  const held = {
    ...once,
    residuals: [{ id: 'orders', input: residual([reading(MAY, 100)], { status: 'on_hold' }) }],
  }
  expect(whyMoved(once, held)).toEqual({ kind: 'became_unknown', cause: 'terms' })
})

test('a date that was not in sight is no date to move from', () => {
  const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`${index}`, [reading(MAY, 968)]]))
  const few = { ...many, ...Object.fromEntries(Object.keys(many).map(id => [id, [reading(JUNE, 1)]])) }
  expect(whyMoved(system(MAY, many), system(JUNE, many))).toMatchObject({ from: null, to: null })
  expect(whyMoved(system(MAY, many), system(JUNE, few))).toMatchObject({
    from: null,
    to: expect.stringMatching(/^2026/),
  })
})

test('a system that is done has its actual day', () => {
  const movement = whyMoved(before, after(reading('2025-05-20', 0)))
  expect(movement).toMatchObject({ kind: 'moved', to: '2025-05-20' })
})

test('the parts add up to the whole', () => {
  const readings = fc
    .array(
      fc.record({
        ago: fc.integer({ min: 0, max: 200 }),
        count: fc.nat(80),
        reason: fc.option(fc.constantFrom(...CHANGE_REASONS)),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map(all => all.map(({ ago, count, reason }) => reading(addDays(JUNE, -ago), count, { reason })))
  const systems = fc.tuple(readings, readings, fc.option(fc.constantFrom('2025-12-01', '2026-12-01')))
  fc.assert(
    fc.property(systems, systems, ([a, b, target], [c, , other]) => {
      const movement = whyMoved(system(MAY, { a, b }, target), system(JUNE, { a, c }, other))
      if (movement.kind !== 'moved') return
      const sum = (of: 'days' | 'chance') => movement.parts.reduce((total, part) => total + part[of], 0)
      expect(sum('days')).toBe(movement.whole.days)
      expect(sum('chance')).toBeCloseTo(movement.whole.chance, 9)
      expect(movement.parts.map(part => part.cause)).toEqual(CAUSES)
    }),
    { numRuns: 200 },
  )
})
