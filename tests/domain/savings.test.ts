import { expect, test } from 'vitest'
import { costOfMonth, isInForce, type MonthlyCost } from '../../src/domain/monthly-cost.ts'
import { realisedSaving, savings } from '../../src/domain/savings.ts'

const TODAY = '2026-03-31'
const cost = (
  kind: MonthlyCost['kind'],
  yuan: number,
  fromOn: string | null = null,
  currency = 'CNY',
): MonthlyCost => ({
  kind,
  amountFen: yuan * 100,
  currency,
  fromOn,
})
const BATCH = [
  cost('people', 0, '2025-12-01'),
  cost('people', 20_000),
  cost('machines', 70_000),
  cost('machines', 0, '2025-12-01'),
]

test('the amount in force is the last that has begun; what nobody said is missing, not 0', () => {
  const costs = [cost('people', 900, '2026-05-01'), cost('people', 500), cost('people', 800, '2026-01-01')]
  expect(costOfMonth(costs, TODAY)).toEqual({
    known: [{ fen: 80_000, currency: 'CNY' }],
    missing: ['machines', 'other'],
  })
  expect(costOfMonth(costs, '2025-12-31').known).toEqual([{ fen: 50_000, currency: 'CNY' }])
  expect(costOfMonth(costs, '2026-01-01').known).toEqual([{ fen: 80_000, currency: 'CNY' }])
  expect(costOfMonth([], TODAY)).toEqual({ known: [], missing: ['people', 'machines', 'other'] })
})

test('currencies are never added to one another', () => {
  expect(
    costOfMonth([cost('other', 3, null, 'EUR'), cost('people', 5, null, 'USD'), cost('machines', 7)], TODAY)
      .known,
  ).toEqual([
    { currency: 'CNY', fen: 700 },
    { currency: 'EUR', fen: 300 },
    { currency: 'USD', fen: 500 },
  ])
})

test('a retired system realises what was paid before less what is paid now, known day or not', () => {
  const retired = { status: 'retired', costs: BATCH } as const
  expect(realisedSaving({ ...retired, statusOn: null }, TODAY)).toEqual([{ fen: 9_000_000, currency: 'CNY' }])
  expect(realisedSaving({ ...retired, statusOn: '2025-12-15' }, TODAY)).toEqual([{ fen: 0, currency: 'CNY' }])
  expect(realisedSaving({ ...retired, statusOn: '2025-12-01' }, TODAY)).toEqual([
    { fen: 9_000_000, currency: 'CNY' },
  ])
  expect(realisedSaving({ status: 'draining', statusOn: null, costs: BATCH }, TODAY)).toEqual([])
})

test('a retirement before the first recorded amount compares with that one', () => {
  const costs = [cost('people', 300, '2026-02-01'), cost('people', 0, '2026-03-01')]
  expect(realisedSaving({ status: 'retired', statusOn: '2026-01-01', costs }, TODAY)).toEqual([
    { fen: 30_000, currency: 'CNY' },
  ])
})

test('an amount that changed its currency realises nothing that could be named', () => {
  const costs = [cost('people', 300), cost('people', 20, '2026-03-01', 'USD')]
  expect(realisedSaving({ status: 'retired', statusOn: null, costs }, TODAY)).toEqual([])
})

test('the estate tells realised, leakage, what still runs, and where no cost is known', () => {
  const system = (status: 'retired' | 'draining' | 'cancelled', costs: MonthlyCost[]) => ({
    status,
    statusOn: null,
    costs,
  })
  expect(savings([system('retired', BATCH)], TODAY).leakage).toEqual([])
  expect(savings([system('draining', []), system('draining', [])], TODAY).incompleteCosts).toBe(2)
  const all = [
    system('retired', BATCH),
    system('retired', [cost('other', 40)]),
    system('draining', [cost('people', 10)]),
    system('draining', []),
    system('cancelled', [cost('people', 99)]),
  ]
  expect(savings(all, TODAY)).toEqual({
    realised: [{ fen: 9_000_000, currency: 'CNY' }],
    leakage: [{ fen: 4000, currency: 'CNY' }],
    projected: [{ fen: 1000, currency: 'CNY' }],
    expected: { money: [], personMonths: 0 },
    expectedOfRetired: { money: [], personMonths: 0 },
    incompleteCosts: 2,
  })
})

test('a system of which one kind of cost is unknown is not a system of known cost', () => {
  const draining = (costs: MonthlyCost[]) => ({ status: 'draining' as const, statusOn: null, costs })
  const whole = [cost('people', 1), cost('machines', 2), cost('other', 0)]
  expect(savings([draining(whole), draining([cost('people', 9)])], TODAY)).toMatchObject({
    projected: [{ fen: 1200, currency: 'CNY' }],
    incompleteCosts: 1,
  })
})

test('of two entries of one kind and day the later one counts', () => {
  const [first, second] = [cost('people', 1), cost('people', 2)]
  expect([first, second].map(one => isInForce([first, second], one, TODAY))).toEqual([false, true])
})
