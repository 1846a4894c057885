import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

describe.each(databases)('on $name', ({ open }) => {
  test('what an address asks for and nobody understands is said', async () => {
    const context = contextOn('2026-03-31', await open())
    await addSystem(context)
    const { get } = await serve(createApp(context))
    const said = async (path: string) => (await get(path)).text.match(/看不懂的筛选没有用：[^<]*/)?.[0]
    expect(await said('/timeline?zoom=decade&from=zzz')).toContain('zoom=decade, from=zzz')
    expect(await said('/timeline?zoom=quarter&from=2026-01')).toBeUndefined()
    expect(await said('/?unit=bogus&status=zzz')).toContain('status=zzz, unit=bogus')
    expect(await said('/?unit=order')).toBeUndefined()
    expect(await said('/forecast?system=nope')).toContain('system=nope')
  })
})
