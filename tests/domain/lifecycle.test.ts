import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  formerRetirements,
  MOVES,
  type Move,
  needsReason,
  refuseMove,
  refuseStanding,
  wayTo,
} from '../../src/domain/lifecycle.ts'
import { STATUSES, type Status } from '../../src/domain/vocabulary.ts'

const DRAINING: Move = {
  role: 'legacy',
  from: 'draining',
  to: 'retired',
  since: '2026-01-10',
  former: [],
  on: '2026-03-01',
  today: '2026-03-31',
  reason: null,
  reviewOn: null,
  holds: [],
  overrideReason: null,
}
const codes = (move: Partial<Move>) =>
  refuseMove({ ...DRAINING, ...move }).map(({ path, code }) => `${path} ${code}`)

test('a draining system that nothing holds may retire', () => expect(codes({})).toEqual([]))

test('one that something holds retires only with an override that says why', () => {
  expect(codes({ holds: ['residual:北京'] })).toEqual(['overrideReason status.not_ready'])
  expect(codes({ holds: ['residual:北京'], overrideReason: '业务方已书面确认' })).toEqual([])
})

test('a system that is to stay does not retire, however it stands', () => {
  expect(codes({ role: 'stay', overrideReason: '例外' })).toEqual(['to status.stays'])
  expect(codes({ role: 'stay', to: 'cutover_pending', reason: '又有新单' })).toEqual([])
  const standing = { role: 'stay', status: 'retired', statusReason: '文档', reviewOn: null } as const
  expect(refuseStanding(standing, '2026-03-31').map(({ code }) => code)).toEqual(['status.stays'])
})

test('exactly these moves are allowed, and no status follows itself', () => {
  expect(Object.fromEntries(STATUSES.map(status => [status, MOVES[status].join(' ')]))).toEqual({
    migrating: 'cutover_pending draining on_hold cancelled',
    cutover_pending: 'draining on_hold cancelled',
    draining: 'retired cutover_pending on_hold cancelled',
    on_hold: 'migrating cutover_pending draining cancelled',
    retired: 'draining',
    cancelled: 'migrating',
  })
})

test('a move that is not allowed says so and nothing else', () => {
  expect(codes({ from: 'migrating', to: 'retired', on: '2030-01-01' })).toEqual(['to status.not_allowed'])
})

test.each([
  ['a leak', { from: 'draining', to: 'cutover_pending' }],
  ['a reopening', { from: 'retired', to: 'draining' }],
  ['a cancelled retirement taken up again', { from: 'cancelled', to: 'migrating' }],
  ['a system taken up again', { from: 'on_hold', to: 'draining' }],
  ['a retirement given up', { from: 'migrating', to: 'cancelled' }],
] as const)('%s needs a reason', (_, { from, to }) => {
  expect(needsReason(from, to)).toBe(true)
  expect(codes({ from, to })).toEqual(['reason status.reason_needed'])
  expect(codes({ from, to, reason: '见会议纪要' })).toEqual([])
})

test('on hold needs a reason and a day of review that still lies ahead', () => {
  const hold = { to: 'on_hold' as const }
  expect(codes(hold)).toEqual(['reason status.reason_needed', 'reviewOn status.review_needed'])
  expect(codes({ ...hold, reason: '等监管', reviewOn: '2026-03-31' })).toEqual([
    'reviewOn status.review_past',
  ])
  expect(codes({ ...hold, reason: '等监管', reviewOn: '2026-04-01' })).toEqual([])
})

test('the day lies neither ahead nor before the present status began', () => {
  expect(codes({ on: '2026-04-01' })).toEqual(['on day.future'])
  expect(codes({ on: '2026-01-09' })).toEqual(['on status.before_previous'])
  expect(codes({ on: '2026-01-10' })).toEqual([])
  expect(codes({ on: '2020-01-01', since: null })).toEqual([])
})

test('an allowed move with everything said is never refused', () => {
  const status = fc.constantFrom(...STATUSES)
  fc.assert(
    fc.property(status, status, (from, to) => {
      const reviewOn = to === 'on_hold' ? '2026-12-01' : null
      const said = { reason: '说明', reviewOn, overrideReason: '说明', holds: ['gate:x'] }
      expect(codes({ from, to, ...said }).length === 0).toBe(MOVES[from].includes(to))
    }),
  )
})

test('a review day without a hold is not dropped without a word', () => {
  expect(codes({ to: 'cancelled', reason: '说明', reviewOn: '2026-12-01' })).toEqual([
    'reviewOn status.review_without_hold',
  ])
})

test('a refusal names what its message has to say', () => {
  const values = (move: Partial<Move>) => refuseMove({ ...DRAINING, ...move })[0]?.values
  expect(values({ from: 'migrating' })).toEqual({ from: 'migrating', to: 'retired' })
  expect(values({ on: '2026-04-01' })).toEqual({ day: '2026-04-01', today: '2026-03-31' })
  expect(values({ on: '2026-01-09' })).toEqual({ day: '2026-01-09', since: '2026-01-10' })
  expect(values({ to: 'cancelled' })).toEqual({ to: 'cancelled' })
  expect(values({ to: 'on_hold', reason: '等', reviewOn: '2026-03-01' })).toEqual({
    day: '2026-03-01',
    today: '2026-03-31',
  })
  expect(values({ holds: ['a', 'b'] })).toEqual({ count: 2 })
})

test('today is a day for a change, and only a leak or retirement asks for more', () => {
  expect(codes({ on: '2026-03-31' })).toEqual([])
  expect(codes({ from: 'migrating', to: 'cutover_pending', holds: ['a'] })).toEqual([])
})

test('a system is registered under the same rules: what nobody expects to move says why', () => {
  const problems = (status: Status, statusReason: string | null, reviewOn: string | null = null) =>
    refuseStanding({ role: 'legacy', status, statusReason, reviewOn }, '2026-03-31').map(
      ({ path, code }) => `${path} ${code}`,
    )
  expect(problems('migrating', null)).toEqual([])
  expect(problems('retired', null)).toEqual(['statusReason status.standing_reason'])
  expect(problems('retired', '文档：已下线')).toEqual([])
  expect(problems('cancelled', null)).toEqual(['statusReason status.standing_reason'])
  expect(problems('on_hold', '等预算', '2026-06-01')).toEqual([])
  expect(problems('on_hold', null)).toEqual([
    'statusReason status.standing_reason',
    'reviewOn status.review_needed',
  ])
  expect(problems('on_hold', '等预算', '2026-03-31')).toEqual(['reviewOn status.review_past'])
})

test('who was taken up again may retire as of the day before, and of no other earlier one', () => {
  const former = ['2023-11-30', '2022-06-30']
  expect(codes({ former, on: '2022-06-30' })).toEqual([])
  expect(codes({ former, on: '2023-11-30' })).toEqual([])
  expect(codes({ former, on: '2023-12-01' })).toEqual(['on status.before_reopening'])
  expect(codes({ former, on: null })).toEqual(['on input.missing'])
  expect(codes({ former, on: '2023-11-30', to: 'cutover_pending', reason: '又有新单' })).toEqual([
    'on status.before_previous',
  ])
  expect(codes({ on: '2023-11-30' })).toEqual(['on status.before_previous'])
})

test('where nobody knew the day of the retirement, it is given back without one', () => {
  const former = [null]
  expect(codes({ former, on: null })).toEqual([])
  expect(codes({ former, on: '2023-11-30' })).toEqual(['on status.before_undated'])
  expect(codes({ former })).toEqual([])
  expect(codes({ former, on: null, to: 'cutover_pending', reason: '又有新单' })).toEqual(['on input.missing'])
  expect(codes({ on: null })).toEqual(['on input.missing'])
})

test.each([
  [['draining', 'retired', 'draining'], ['2026-02-01']],
  [['draining', 'retired', 'draining', 'on_hold', 'draining'], ['2026-02-01']],
  [
    ['retired', 'draining', 'retired', 'draining'],
    ['2026-03-01', '2026-01-01'],
  ],
  [['draining', 'retired', 'draining', 'cancelled', 'migrating', 'draining'], ['2026-02-01']],
  [['draining', 'retired'], []],
  [['retired', 'draining', 'retired'], []],
  [['draining', 'on_hold', 'draining'], []],
] as [Status[], string[]][])('of the course %s the former retirements are %s', (course, days) => {
  const standings = course.map((status, at) => ({ status, on: `2026-0${at + 1}-01` }))
  expect(formerRetirements(standings)).toEqual(days)
})

test('a day of retirement that was given back is told once', () => {
  const course = ['retired', 'draining', 'retired', 'draining'] as const
  expect(formerRetirements(course.map(status => ({ status, on: null })))).toEqual([null])
})

test('from where it stands, a system gets to its retirement by the shortest way', () => {
  expect(wayTo('draining', 'retired')).toEqual([])
  expect(wayTo('on_hold', 'retired')).toEqual(['draining'])
  expect(wayTo('cancelled', 'retired')).toEqual(['migrating', 'draining'])
})
