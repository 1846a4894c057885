import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withdrawReading } from '../../src/actions/readings.ts'
import { closeResidual, editResidual, reopenResidual } from '../../src/actions/residuals.ts'
import type { Context } from '../../src/context.ts'
import { listReadings } from '../../src/store/readings.ts'
import { findResiduals } from '../../src/store/residuals.ts'
import { findDifferences } from '../../src/store/verify.ts'
import { addResidual, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

/** What people do, at random; what the register refuses they leave. */
type Step =
  | { do: 'count'; day: number; text: string; reason: string }
  | { do: 'withdraw'; which: number }
  | { do: 'close'; day: number }
  | { do: 'reopen' }
  | { do: 'edit'; unit: string }

const day = (number: number) =>
  `2026-0${1 + Math.floor(number / 28)}-${String(1 + (number % 28)).padStart(2, '0')}`
const text = fc
  .tuple(fc.constantFrom('', '~', '>='), fc.constantFrom(0, 1, 7, 7, 90, 1000))
  .map(parts => parts.join(''))
const steps = fc.array(
  fc.record({
    residual: fc.nat(2),
    step: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          do: fc.constant('count'),
          day: fc.nat(80),
          text,
          reason: fc.constantFrom('', 'recount'),
        }),
      },
      { weight: 3, arbitrary: fc.record({ do: fc.constant('withdraw'), which: fc.nat(4) }) },
      fc.record({ do: fc.constant('close'), day: fc.nat(83) }),
      { weight: 2, arbitrary: fc.record({ do: fc.constant('reopen') }) },
      fc.record({ do: fc.constant('edit'), unit: fc.constantFrom('order', 'job') }),
    ) as fc.Arbitrary<Step>,
  }),
  { minLength: 5, maxLength: 40 },
)

describe.each(databases)('on $name', ({ name, open }) => {
  test('whatever people do, every kept total is what the readings come to', async () => {
    const runs = name === 'SQLite' ? 15 : 2
    await fc.assert(
      fc.asyncProperty(steps, async todo => {
        const context = contextOn('2026-03-31', await open())
        const ids = await threeResiduals(context)
        for (const { residual, step } of todo) await take(context, ids[residual]!, step)
        expect(await findDifferences(context.db)).toEqual([])
      }),
      { numRuns: runs },
    )
  })

  test('a total that is wrong is named with what it should be', async () => {
    const context = contextOn('2026-03-31', await open())
    const [first] = await threeResiduals(context)
    await count(context, first!, '2026-03-01', '54')
    await context.db.updateTable('system').set({ open_total: 55 }).where('key', '=', '账户1.0').execute()
    await context.db.updateTable('estate_day').set({ readings: 3 }).execute()
    expect(await findDifferences(context.db)).toEqual([
      { table: 'system', row: '账户1.0', column: 'open_total', kept: 55, derived: 54 },
      { table: 'estate_day', row: 'order 2026-03-01', column: 'readings', kept: 3, derived: 1 },
    ])
  })
})

async function threeResiduals(context: Context): Promise<number[]> {
  const [one, other] = [await addSystem(context), await addSystem(context, { key: 'OP' })]
  return [
    await addResidual(context, one, { key: 'a' }),
    await addResidual(context, one, { key: 'b' }),
    await addResidual(context, other),
  ]
}

async function take(context: Context, id: number, step: Step): Promise<void> {
  const [residual] = await findResiduals(context.db, [id])
  const { version } = residual!
  await act().catch(refused => {
    if (!refused.problems) throw refused
  })

  async function act(): Promise<unknown> {
    if (step.do === 'count') return count(context, id, day(step.day), step.text, { reason: step.reason })
    if (step.do === 'withdraw') {
      const readings = await listReadings(context.db, id, 5)
      const reading = readings[step.which % Math.max(1, readings.length)]
      return reading && withdrawReading(context, reading.id, { reason: '误录' })
    }
    if (step.do === 'reopen') return reopenResidual(context, id, { reason: '又有了', version })
    if (step.do === 'edit') {
      const { key, name } = residual!
      return editResidual(context, id, { key, name, unit: step.unit, version })
    }
    const { latest } = residual!
    const answer = `close:${latest ? `${latest.count}:${latest.qualifier}` : 'unknown'}`
    const answers = [answer, `${answer}:last`]
    return closeResidual(context, id, { on: day(step.day), reason: '完结', answers, version })
  }
}
