import { describe, expect, test } from 'vitest'
import { createCost } from '../../src/actions/money.ts'
import { listCosts } from '../../src/store/money.ts'
import { addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('a second cost of one kind from one day is taken only after asking', async () => {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    const add = (amountFen: string, more = {}) =>
      createCost(context, { systemId }, { kind: 'people', amountFen, currency: 'USD', ...more })
    await add('500')
    const [question] = await add('700').catch(refused => refused.questions)
    expect(question).toMatchObject({ code: 'cost.same_day', values: { known: '500 USD', typed: '700 USD' } })
    await add('700', { answers: [question.answer] })
    await add('900', { fromOn: '2026-03-01' })
    await add('40', { kind: 'machines' })
    expect((await listCosts(context.db, { systemId })).map(cost => cost.amountFen / 100)).toEqual([
      40, 500, 700, 900,
    ])
  })
})
