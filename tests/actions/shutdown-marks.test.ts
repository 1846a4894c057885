import { describe, expect, test } from 'vitest'
import { editEvent } from '../../src/actions/events.ts'
import { editService } from '../../src/actions/services.ts'
import { bringBackService } from '../../src/actions/shutdowns.ts'
import { withdraw } from '../../src/actions/withdrawals.ts'
import { listHistory } from '../../src/store/audit-log.ts'
import { listEvents } from '../../src/store/events.ts'
import { addService, addSystem, refusalOf, shutDown } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ open }) => {
  test('what follows from a shutdown stands in the history of everything once, and is not edited by hand', async () => {
    const context = contextOn(TODAY, await open())
    const { db } = context
    const systemId = await addSystem(context)
    const cash = await addService(context, 'cash')
    const served = { key: 'cash', name: 'cash', role: 'legacy', systems: ['账户1.0'], version: 1 }
    await editService(context, cash, served)
    await shutDown(context, cash, { version: 2, overrideReason: 'burnt' })
    await bringBackService(context, cash, { reason: 'repaired', version: 3 })
    const told = async (filter: object) => (await listHistory(db, filter, 100)).map(({ action }) => action)
    expect((await told({})).slice(0, 2)).toEqual(['bring-back-service', 'shut-down-service'])
    expect((await told({})).filter(action => action.endsWith('-service'))).toHaveLength(4)
    expect((await told({ systemId })).slice(0, 2)).toEqual(['bring-back-service', 'shut-down-service'])
    const marks = await listEvents(db, { systemId }, 10)
    expect(marks.map(({ kind, title }) => [kind, title])).toEqual([
      ['shutdown', 'cash'],
      ['bring_back', 'cash'],
    ])
    const { id } = marks[0]!
    expect(await refusalOf(withdraw(context, 'event', id, { reason: 'no', version: 1 }))).toEqual([
      'reason: event.trace',
    ])
    const typed = { day: TODAY, kind: 'note', title: 'x', version: 1 }
    expect(await refusalOf(editEvent(context, id, typed))).toEqual(['kind: event.trace'])
  })

  test('a switch is told once among the events of the estate, whatever the service serves', async () => {
    const context = contextOn(TODAY, await open())
    for (const key of ['账户1.0', 'OP']) await addSystem(context, { key, name: key })
    const burnt = { overrideReason: 'burnt' }
    await shutDown(context, await addService(context, 'core', ['账户1.0', 'OP']), burnt)
    await shutDown(context, await addService(context, 'cache', [], 'follows'), burnt)
    const events = await listEvents(context.db, { from: TODAY }, 10)
    expect(events.map(({ kind, title }) => [kind, title])).toEqual([
      ['shutdown', 'core'],
      ['shutdown', 'cache'],
    ])
  })
  test('what goes off, comes back and goes off again in one day is told every time, in its order', async () => {
    const context = contextOn(TODAY, await open())
    for (const key of ['账户1.0', 'OP']) await addSystem(context, { key, name: key })
    const core = await addService(context, 'core', ['账户1.0', 'OP'])
    await shutDown(context, core, { overrideReason: 'burnt' })
    await bringBackService(context, core, { reason: 'repaired', version: 2 })
    await shutDown(context, core, { version: 3, overrideReason: 'burnt again' })
    const events = await listEvents(context.db, { from: TODAY }, 10)
    expect(events.map(({ kind }) => kind)).toEqual(['shutdown', 'bring_back', 'shutdown'])
  })
})
