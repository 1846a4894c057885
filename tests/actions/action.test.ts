import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { audited, together } from '../../src/actions/action.ts'
import { InputRefused } from '../../src/actions/refusal.ts'
import { createSystem } from '../../src/actions/systems.ts'
import { listChangesOf, listHistory } from '../../src/store/audit-log.ts'
import { readRevision } from '../../src/store/workspace.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const MARK = { noun: 'system', id: 1, label: 'Cash desk' } as const

describe.each(databases)('on $name', ({ open }) => {
  test('what an action did is in the history, with the day and the person', async () => {
    const context = contextOn('2026-03-31', await open())
    const result = await audited(context, 'mark', async (_trx, { today }) => ({
      result: today,
      changes: [MARK],
    }))
    expect(result).toBe('2026-03-31')
    const [entry] = await listHistory(context.db, {}, 10)
    expect(entry).toMatchObject({
      actor: '林晓',
      action: 'mark',
      label: 'Cash desk',
      at: '2026-03-31T04:00:00.000Z',
    })
  })

  test('time and day of a change are of one look at the clock, once it has its turn', async () => {
    const db = await open()
    const clock = ['2026-04-01T00:00:00+08:00', '2026-04-02T00:00:00+08:00']
    const late = { ...contextOn('2026-03-31', db), now: () => new Date(clock.shift()!) }
    const waiting = await together(contextOn('2026-03-31', db), async inside => {
      await audited(inside, 'mark', async () => ({ result: null, changes: [MARK] }))
      const second = audited(late, 'mark', async (_trx, { today, at }) => ({
        result: [today, at],
        changes: [MARK],
      }))
      await setTimeout(50)
      expect(clock).toHaveLength(2)
      return { second }
    })
    expect(await waiting.second).toEqual(['2026-04-01', '2026-03-31T16:00:00.000Z'])
    expect(clock).toHaveLength(1)
  })

  test('a change of thousands of things is told of each', async () => {
    const context = contextOn('2026-03-31', await open())
    const changes = Array.from({ length: 5000 }, (_, at) => ({ ...MARK, id: at + 1 }))
    await audited(context, 'mark', async () => ({ result: null, changes }))
    const told = await listChangesOf(context.db, await readRevision(context.db))
    expect(told.map(({ nounId }) => nounId)).toEqual(changes.map(({ id }) => id))
  })

  test('an action that throws leaves the register as it was', async () => {
    const context = contextOn('2026-03-31', await open())
    const before = await readRevision(context.db)
    const refused = audited(context, 'mark', async () => {
      throw new Error('no')
    })
    await expect(refused).rejects.toThrow('no')
    expect(await readRevision(context.db)).toBe(before)
    expect(await listHistory(context.db, {}, 10)).toEqual([])
  })

  test('of several actions done as one, none is kept when the last is refused', async () => {
    const context = contextOn('2026-03-31', await open())
    const planting = together(context, async inside => {
      await audited(inside, 'mark', async () => ({ result: null, changes: [MARK] }))
      await createSystem(inside, { key: 'a/b' })
    })
    await expect(planting).rejects.toThrow(InputRefused)
    expect(await listHistory(context.db, {}, 10)).toEqual([])
    expect(await readRevision(context.db)).toBe(0)
  })
})
