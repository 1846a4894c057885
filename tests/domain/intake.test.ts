import { expect, test } from 'vitest'
import { closedIntake, drainingStretches, type Standing, standingOn } from '../../src/domain/intake.ts'
import type { Status } from '../../src/domain/vocabulary.ts'

const courseOf = (...statuses: Status[]): Standing[] =>
  statuses.map((status, index) => ({ status, on: `2026-0${index + 1}-01` }))

test('a hold interrupts nothing, and neither do retiring and a reopening', () => {
  expect(closedIntake(courseOf('migrating', 'draining'))).toEqual({ since: '2026-02-01' })
  expect(closedIntake(courseOf('draining', 'on_hold'))).toEqual({ since: '2026-01-01' })
  expect(closedIntake(courseOf('draining', 'on_hold', 'draining'))).toEqual({ since: '2026-01-01' })
  expect(closedIntake(courseOf('draining', 'retired', 'draining'))).toEqual({ since: '2026-01-01' })
})

test('a status in which new work enters does, however it comes about', () => {
  expect(closedIntake(courseOf('draining', 'cutover_pending'))).toBeNull()
  expect(closedIntake(courseOf('draining', 'cutover_pending', 'draining'))).toEqual({ since: '2026-03-01' })
  expect(closedIntake(courseOf('draining', 'on_hold', 'migrating', 'on_hold'))).toBeNull()
  expect(closedIntake(courseOf('migrating', 'on_hold', 'draining'))).toEqual({ since: '2026-03-01' })
})

test('where nobody knows the first day, nobody knows it after a hold', () => {
  const course = courseOf('draining', 'on_hold', 'draining').with(0, { status: 'draining', on: null })
  expect(closedIntake(course)).toEqual({ since: null })
})

test('it was draining neither in a hold nor while it was retired, nor until a day that nobody knows', () => {
  const course = courseOf('migrating', 'draining', 'on_hold', 'draining', 'retired', 'draining')
  expect(drainingStretches(course, '2026-06-20')).toEqual([
    { from: '2026-02-01', to: '2026-03-01' },
    { from: '2026-04-01', to: '2026-05-01' },
    { from: '2026-06-01', to: '2026-06-20' },
  ])
  const undated = course.with(4, { status: 'retired', on: null })
  expect(drainingStretches(undated, '2026-06-20').map(({ from }) => from)).toEqual([
    '2026-02-01',
    '2026-06-01',
  ])
})

test('on a day the last standing holds that had begun, before all of them the first', () => {
  const course = courseOf('migrating', 'draining')
  expect(standingOn(course, '2026-02-01')?.status).toBe('draining')
  expect(standingOn(course, '2026-01-31')?.status).toBe('migrating')
  expect(standingOn(course, '2025-12-31')?.status).toBe('migrating')
})
