import { describe, expect, test } from 'vitest'
import { editResidual } from '../../src/actions/residuals.ts'
import { findResiduals } from '../../src/store/residuals.ts'
import { addResidual, addSystem, refusalOf } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'

const TODAY = '2026-03-31'

describe.each(databases)('on $name', ({ open }) => {
  /** 上海德祐, and how a rate that is declared of it is kept, change after change. */
  async function openDeclared(said: Record<string, string>) {
    const context = contextOn(TODAY, await open())
    const id = await addResidual(context, await addSystem(context), said)
    const kept = async () => {
      const [{ declaredRate, declaredRateOn, version } = {}] = await findResiduals(context.db, [id])
      return { declaredRate, declaredRateOn, version }
    }
    const edit = async (changed: Record<string, string>) => {
      const { version } = await kept()
      const described = { key: '上海德祐', name: '上海德祐', unit: 'order' }
      await editResidual(context, id, { ...described, ...changed, version })
      return kept()
    }
    return { context, kept, edit }
  }

  test('a rate that comes without a day was declared today, and its day is changed by nothing else', async () => {
    const { kept, edit } = await openDeclared({ declaredRate: '10' })
    expect(await kept()).toMatchObject({ declaredRate: 10, declaredRateOn: TODAY })
    const given = { declaredRate: '10', declaredRateOn: '2026-01-31' }
    expect(await edit(given)).toMatchObject({ declaredRateOn: '2026-01-31' })
    expect(await edit({ declaredRate: '10' })).toMatchObject({ declaredRateOn: null })
    expect(await edit({ declaredRate: '0' })).toMatchObject({ declaredRate: 0, declaredRateOn: TODAY })
  })

  test('without a rate there is no day, and nobody declares ahead', async () => {
    const { context, kept, edit } = await openDeclared({ declaredRateOn: TODAY })
    expect(await kept()).toMatchObject({ declaredRate: null, declaredRateOn: null })
    expect(await edit({ declaredRateOn: TODAY })).toMatchObject({ declaredRateOn: null, version: 1 })
    const ahead = { key: 'b', declaredRate: '0', declaredRateOn: '2026-04-01' }
    expect(await refusalOf(addResidual(context, 1, ahead))).toEqual(['declaredRateOn: day.future'])
  })
})
