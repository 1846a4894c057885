import { expect, test } from 'vitest'
import { groundsOf } from '../../src/domain/evidence.ts'

const TODAY = '2026-11-23'
const USUAL = { cadenceDays: 30, quietDays: 30 }
const counted = (day: string, more = {}) => ({
  closedOn: null,
  cadenceDays: null,
  latest: { day, count: 0, qualifier: 'exact' as const },
  ...more,
})
const gate = (more = {}) => ({
  key: 'logs',
  kind: 'approval' as const,
  state: 'closed' as const,
  closesOn: null,
  closedOn: '2026-10-01',
  evidenceExpiresOn: null,
  waivedOn: null,
  waivedUntil: null,
  withdrawnOn: null,
  ...more,
})
const use = (more = {}) => ({
  strength: 'hard' as const,
  needs: 'from' as const,
  consumerSwitch: { state: 'on' as const, offSince: null },
  untilOn: null,
  declaredOn: null,
  lastSeenOn: '2026-10-24',
  quietDays: null,
  waivedOn: null,
  waivedUntil: null,
  withdrawnOn: null,
  ...more,
})
const said = (proofs: Partial<Parameters<typeof groundsOf>[0]>) =>
  groundsOf({ residuals: [], gates: [], uses: [], complaints: [], ...proofs }, TODAY, USUAL).map(
    ({ kind, isWeak }) => `${kind}${isWeak ? ' weak' : ''}`,
  )

test('a zero older than its cadence is a weak ground and comes first', () => {
  expect(said({ residuals: [counted('2026-11-20'), counted('2023-12-05')] })).toEqual(['zero weak', 'zero'])
  expect(said({ residuals: [counted('2023-12-05', { cadenceDays: 2000 })] })).toEqual(['zero'])
})

test('what still holds, what was closed with a reason and what was never counted are no grounds', () => {
  const open = { day: TODAY, count: 3, qualifier: 'exact' }
  const residuals = [
    counted('2020-01-01', { closedOn: '2021-01-01' }),
    counted(TODAY, { latest: open }),
    counted(TODAY, { latest: null }),
  ]
  const gates = [gate({ state: 'open' }), gate({ evidenceExpiresOn: TODAY })]
  expect(said({ residuals, gates, uses: [use({ declaredOn: '2026-01-01' })] })).toEqual([])
})

test('a waiver is a weak ground until its day, a gate closed with evidence a sound one', () => {
  const waived = { waivedOn: '2026-11-01', waivedUntil: '2026-12-31' }
  const gates = [gate(), gate({ kind: 'no_consumers' }), gate({ state: 'open', ...waived })]
  expect(said({ gates })).toEqual(['waived_gate weak', 'closed_gate', 'confirmed'])
  expect(said({ uses: [use(waived), use({ ...waived, waivedUntil: TODAY })] })).toEqual([
    'waived_use weak',
    'quiet_use',
  ])
})

test('a use rests quiet from the day on which its quiet days are over', () => {
  const proofs = { residuals: [], gates: [], uses: [use()], complaints: [] }
  expect(groundsOf(proofs, TODAY, USUAL)).toMatchObject([
    { kind: 'quiet_use', lastSeen: '2026-10-24', quietOn: TODAY },
  ])
  expect(said({ uses: [use({ lastSeenOn: '2026-10-25' })] })).toEqual([])
  expect(said({ uses: [use({ strength: 'soft' }), use({ withdrawnOn: TODAY })] })).toEqual(['soft_use'])
})

test('a complaint that nobody has settled is a weak ground', () => {
  expect(said({ residuals: [counted(TODAY)], complaints: [{ complainant: 'Finance' }] })).toEqual([
    'complaint weak',
    'zero',
  ])
})

test('a service without a consumer on record is no sure thing until somebody confirms that there is none', () => {
  const service = { key: 'core', isNeeded: false }
  expect(said({ service })).toEqual(['unconfirmed weak'])
  const quiet = { lastSeenOn: '2020-01-01' }
  for (const more of [quiet, { strength: 'soft' }, { strength: 'soft', declaredOn: TODAY }] as const)
    expect(said({ service, uses: [use(more)] })).toContain('unconfirmed weak')
  const off = (offSince: string | null) => ({ consumerSwitch: { state: 'off', offSince } })
  const late = { declaredOn: TODAY, lastSeenOn: null, ...off('2026-10-01') }
  expect(said({ service, uses: [use(late)] })).toContain('unconfirmed weak')
  for (const more of [{ ...quiet, ...off('2026-10-01') }, { waivedOn: TODAY }, { declaredOn: TODAY }])
    expect(said({ service, uses: [use(more)] })).not.toContain('unconfirmed weak')
  expect(said({ service: { ...service, isNeeded: true } })).toEqual([])
  expect(said({ service, uses: [use({ withdrawnOn: TODAY })] })).toEqual(['unconfirmed weak'])
  expect(said({ service, gates: [gate({ kind: 'no_consumers' })] })).toEqual(['confirmed'])
})
