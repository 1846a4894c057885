import { expect, test } from 'vitest'
import { judge } from '../../../src/domain/shutdown/judge.ts'
import { soakingsOf } from '../../../src/domain/shutdown/soaking.ts'
import { estateOf, TODAY } from '../../support/estate-of.ts'

const off = (offSince: string | null) => ({ state: 'off' as const, offSince })
const soakings = (said: Parameters<typeof estateOf>[0]) =>
  Object.fromEntries(soakingsOf(judge(estateOf({ soakDays: 14, ...said }), TODAY)))

test('a service whose consumers went off lately is watched until the soak period of the last is over', () => {
  const services = [
    { id: 'job', ...off('2026-08-20') },
    { id: 'console', ...off('2026-08-22') },
    { id: 'old', ...off('2026-08-08') },
    { id: 'diff' },
  ]
  const edges = services.slice(0, 3).map(({ id }) => ({ from: id, to: 'diff' }))
  expect(soakings({ services, edges })).toEqual({
    diff: { consumers: ['console', 'job'], until: '2026-09-05' },
  })
  expect(soakings({ services, edges, soakDays: 0 })).toEqual({})
})

test('a ring is watched as one; a use that was quiet, soft or waived by then is none, and what is held has its own day', () => {
  const services = [{ id: 'job', ...off(TODAY) }, ...['a', 'b', 'c', 'd', 'e'].map(id => ({ id }))]
  const edges = [
    ...[
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ],
    { from: 'b', to: 'job', needs: 'to' as const },
    { from: 'job', to: 'c', declared: false, lastSeen: '2026-07-01' },
    { from: 'job', to: 'd', strength: 'soft' as const },
    { from: 'job', to: 'e' },
  ]
  const externals = [{ name: 'bank', to: 'e' }]
  const watched = { consumers: ['job'], until: '2026-09-05' }
  expect(soakings({ services, edges, externals })).toEqual({ a: watched, b: watched })
})

test('a wave that is planned later than the watching lasts needs no word', () => {
  const services = [{ id: 'job', ...off('2026-08-20') }, { id: 'console' }, { id: 'diff' }]
  const edges = [
    { from: 'job', to: 'diff' },
    { from: 'console', to: 'diff' },
  ]
  expect(soakings({ services, edges })).toEqual({})
})
