import { describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { addResidual, addService, addSystem, count } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const LIFTED = '解除的阻塞：账户1.0 的存量'

describe.each(databases)('on $name', ({ open }) => {
  /** till serves 账户1.0, whose only residual was counted as 968 and then as 0; what its round says of itself. */
  async function roundToZero() {
    const context = contextOn('2026-03-31', await open())
    const deyou = await addResidual(context, await addSystem(context))
    await addService(context, 'till', ['账户1.0'])
    await count(context, deyou, '2026-02-28', '968')
    const [zero] = await count(context, deyou, '2026-03-31', '0')
    const { get } = await serve(createApp(context))
    const told = async () => {
      const { text } = await get(`/counts?done=${zero!.revision}`)
      return text.split('role="status"')[1]!.split('</div>')[0]!
    }
    return { context, deyou, told }
  }

  test('a round tells what it changes, and once the register has moved on that this is worked out anew', async () => {
    const { context, told } = await roundToZero()
    expect(await told()).toContain(LIFTED)
    expect(await told()).not.toContain('重算')
    await addService(context, 'cash')
    expect(await told()).toContain('影响是按现在重算的')
    expect(await told()).toContain(LIFTED)
  })

  test('it claims no figure of a count that took the place of one of its own', async () => {
    const { context, deyou, told } = await roundToZero()
    await count(context, deyou, '2026-03-31', '40')
    const said = await told()
    expect(said).toContain('账户1.0 / 上海德祐：968 → 0')
    expect(said).toContain('这些读数后来都被更正或撤回，已不作数，现在不再有影响')
    expect(said).not.toMatch(/解除的阻塞|预测|判断都一样/)
  })

  test('it compares with what was in force before it, also where that came in later', async () => {
    const { context, deyou, told } = await roundToZero()
    await count(context, deyou, '2026-03-15', '0')
    const said = await told()
    expect(said).toContain('影响是按现在重算的')
    expect(said).not.toContain(LIFTED)
  })
})
