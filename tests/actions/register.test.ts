import { expect, test } from 'vitest'
import { plantRegister } from '../../seeds/plant.ts'
import { isStalled } from '../../src/domain/readings.ts'
import { savings } from '../../src/domain/savings.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { loadJudged } from '../../src/store/judged.ts'
import { loadCostsOfSystems } from '../../src/store/money.ts'
import { listResiduals } from '../../src/store/residuals.ts'
import { listSystems } from '../../src/store/systems.ts'
import { findDifferences } from '../../src/store/verify.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

/** What the review document of 2023 says, written down by hand once more. */
const STATUS = {
  金融收放款: 'retired',
  Azkaban: 'retired',
  '履约0.5': 'draining',
  '履约1.0': 'draining',
  '分账1.0': 'draining',
  家家支付: 'draining',
  '交易1.0-清结算1.0': 'draining',
  '账户1.0': 'draining',
  OP: 'migrating',
}
const COUNTED = [
  'Azkaban 任务: 0 exact',
  '履约1.0 银行存管单: 3000 at_least',
  '账户1.0 上海德祐: 968 exact',
  '账户1.0 金融收款保: 95 exact',
  '账户1.0 金融还款保: 54 exact',
]
const NEVER_COUNTED = [
  'Azkaban 老账单报表',
  'OP 未迁移功能',
  '交易1.0-清结算1.0 历史存量单',
  '分账1.0 存量单',
  '家家支付 存量履约单',
  '家家支付 存量金融业务',
  '家家支付 装贝',
  '家家支付 贝用金',
  '履约0.5 北京',
  '履约0.5 南京',
  '履约0.5 成都',
  '履约0.5 青岛',
]
const SERVICES = `
  pre-escrow zjjg uacc pre-business pre-escrowfund_account fund_route
  quickpay-cashier scanpay-batch-match unionpay-poscasier unionpay-orderpos-match unionpay-poscasier-merchant
  ehomepay_core aggregate-account account-bills-verification wallet-account-center`

test.each(databases)('the first register on $name is what the document says, no more', async ({ open }) => {
  const context = contextOn('2026-03-31', await open())
  const { db } = context
  await plantRegister(context)

  const systems = await listSystems(db, {}, 'register', { limit: 100, offset: 0 })
  expect(Object.fromEntries(systems.map(({ key, status }) => [key, status]))).toEqual(STATUS)

  const residuals = await listResiduals(
    db,
    systems.map(({ id }) => id),
  )
  const said = residuals.map(residual => ({
    ...residual,
    at: `${systems.find(({ id }) => id === residual.systemId)!.key} ${residual.key}`,
  }))
  const counted = said.flatMap(({ at, latest }) =>
    latest ? [`${at}: ${latest.count} ${latest.qualifier}`] : [],
  )
  expect(counted.toSorted()).toEqual(COUNTED.toSorted())
  expect(new Set(residuals.flatMap(({ latest }) => (latest ? [latest.day] : [])))).toEqual(
    new Set(['2023-11-30']),
  )
  const uncounted = said.filter(({ latest }) => !latest).map(({ at }) => at)
  expect(uncounted.toSorted()).toEqual(NEVER_COUNTED.toSorted())
  const stalled = said.filter(one => one.latest && isStalled(one.latest, one))
  expect(stalled.map(({ key }) => key).toSorted()).toEqual(['金融收款保', '金融还款保'])
  const days = said.flatMap(one => (one.declaredRate === null ? [] : [one.declaredRateOn]))
  expect(days).toEqual(['2023-11-30', '2023-11-30', '2023-11-30'])
  const declared = said.filter(({ declaredRate }) => declaredRate !== null && declaredRate > 0)
  expect(declared.map(({ at, declaredRate }) => [at, declaredRate])).toEqual([
    ['交易1.0-清结算1.0 历史存量单', 10],
  ])

  const costs = await loadCostsOfSystems(db)
  const costed = systems.map(({ id, ...system }) => ({
    ...system,
    costs: costs.filter(cost => cost.systemId === id),
  }))
  expect(savings(costed, '2026-03-31').realised).toEqual([{ fen: 9_000_000, currency: 'CNY' }])
  const expected = await db
    .selectFrom('expected_saving')
    .select(['kind', 'amount_fen', 'person_months'])
    .execute()
  expect(expected).toEqual([
    { kind: 'machines', amount_fen: 810_600, person_months: null },
    { kind: 'people', amount_fen: null, person_months: 8 },
  ])

  const gates = await db.selectFrom('gate').select(['key', 'kind', 'state']).orderBy('key').execute()
  expect(gates.map(({ key, kind, state }) => `${key} ${kind} ${state}`).toSorted()).toEqual(
    ['OP操作 callers open', '商户余额查询 callers open', '二手业务切量 cutover open'].toSorted(),
  )
  expect(await db.selectFrom('dependency').select('id').execute()).toEqual([])

  const { judgement } = await loadJudged(db, '2026-03-31', { quietDays: 30, soakDays: 0 })
  const judged = judgement.landscape.services.map(({ id }) => id)
  expect(judged.toSorted()).toEqual(SERVICES.trim().split(/\s+/).toSorted())
  expect(await findDifferences(db)).toEqual([])
  expect(await listHistory(db, {}, 200)).toHaveLength(9 + 17 + 5 + 3 + 4 + 2 + 15)
})
