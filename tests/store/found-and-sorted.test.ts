import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { listServices } from '../../src/store/services.ts'
import { listOwners, listSystems } from '../../src/store/systems.ts'
import { addService, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { administrate, databaseAddress } from '../support/postgres.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('whatever the case of what is typed, in every script, it is found', async () => {
    const db = await open()
    const context = contextOn('2026-03-31', db)
    for (const key of ['ÜBERWEISUNG', 'счёт', 'ＡＢＣ', 'Till', '账户1.0']) await addService(context, key)
    const found = async (text: string) => (await listServices(db, { text })).map(({ key }) => key)
    for (const text of ['ÜBERWEISUNG', 'überw', 'СЧЁТ', 'Счёт', 'ＡＢＣ', 'ａｂｃ', 'tILL', '账户'])
      expect(await found(text), text).toHaveLength(1)
    expect(await found('%')).toEqual([])
  })

  test('letters of full width or made of two are found as they are written otherwise, and the reverse', async () => {
    const db = await open()
    const context = contextOn('2026-03-31', db)
    for (const key of ['OP', '履约1.0', 'Café', 'ｂｉｌｌ２']) await addService(context, key)
    const found = async (text: string) => (await listServices(db, { text })).map(({ key }) => key)
    for (const text of ['ＯＰ', 'ｏp', '履约１．０', 'CAFE\u0301', 'ｂｉｌｌ', '２'])
      expect(await found(text), text).toHaveLength(1)
    expect(await found('％')).toEqual([])
  })
})

test('a server that sorts as a language does gives the order that a file gives', async () => {
  const { url } = inject('postgres')
  const name = `last_orders_${crypto.randomUUID().replaceAll('-', '')}`
  await administrate(
    url,
    `CREATE DATABASE ${name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C'`,
  )
  onTestFinished(() => administrate(url, `DROP DATABASE ${name} WITH (FORCE)`))
  const server = openDatabase(databaseAddress(url, name))
  onTestFinished(() => server.destroy())
  await migrate(server)
  const names = ['b', 'B', 'a-b', 'ab', '1', '张', 'é']
  const orders = await Promise.all(
    [server, await databases[0].open()].map(async db => {
      const context = contextOn('2026-03-31', db)
      for (const [at, key] of names.entries()) {
        await addService(context, `${key}${at}`)
        await addSystem(context, { key: `s${at}`, name: key, owner: key })
      }
      const page = { limit: 20, offset: 0 }
      return {
        services: (await listServices(db, {})).map(({ key }) => key),
        systems: (await listSystems(db, {}, 'name', page)).map(({ name }) => name),
        owned: (await listSystems(db, {}, 'owner', page)).map(({ owner }) => owner),
        owners: await listOwners(db),
      }
    }),
  )
  expect(orders[0]).toEqual(orders[1])
  expect(orders[1]!.owners).toEqual(['1', 'B', 'a-b', 'ab', 'b', 'é', '张'])
})
