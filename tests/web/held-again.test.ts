import { describe, expect, test } from 'vitest'
import { closeGate, createGate } from '../../src/actions/gates.ts'
import { shutDownService } from '../../src/actions/shutdowns.ts'
import { createDependency } from '../../src/actions/uses.ts'
import { waive } from '../../src/actions/withdrawals.ts'
import { createApp } from '../../src/app.ts'
import { addService, addSystem } from '../support/cast.ts'
import { contextOn } from '../support/context.ts'
import { databases } from '../support/databases.ts'
import { serve } from '../support/server.ts'

const ENGLISH = { cookie: 'lang=en' }
const SYSTEM = `/systems/${encodeURIComponent('账户1.0')}`

describe.each(databases)('on $name', ({ open }) => {
  /** On 2026-03-31 till stays and calls bank; that, 切量 and the evidence of 审计 let pass until 2026-04-20. */
  async function ended() {
    const context = contextOn('2026-03-31', await open())
    const systemId = await addSystem(context)
    await addService(context, 'till', [], 'stay')
    const bank = await addService(context, 'bank', ['账户1.0'])
    const gate = (key: string, more = {}) =>
      createGate(context, { systemId }, { key, name: key, kind: 'approval', state: 'open', ...more })
    const audit = await gate('审计', { closesOn: '2026-04-10' })
    const proof = { on: '2026-03-31', evidence: '纪要', evidenceExpiresOn: '2026-04-20' }
    await closeGate(context, audit, { ...proof, version: 1 })
    const waiver = { waivedBy: '王芳', waiverReason: '已同意', waivedUntil: '2026-04-20', version: 1 }
    await waive(context, 'gate', await gate('切量'), waiver)
    await waive(context, 'gate', await gate('会签', { closesOn: '2026-05-01' }), waiver)
    const use = { consumer: 'till', provider: 'bank', strength: 'hard', needs: 'from' }
    const declared = { ...use, declaredOn: '2026-03-31', declaredBy: '王芳' }
    await waive(context, 'dependency', await createDependency(context, declared), waiver)
    return { context, bank, audit, site: (day: string) => serve(createApp(contextOn(day, context.db))) }
  }

  test('what was waived or proven is brought up from the day it ends, and as long as it holds', async () => {
    const { audit, context, site } = await ended()
    const lines = (text: string) => text.match(/<strong>(已到期|即将到期|关卡逾期)<.strong> [^<]*/g)
    const before = (await (await site('2026-04-19')).get('/attention')).text
    expect(lines(before)?.every(line => line.includes('即将到期'))).toBe(true)
    const { text } = await (await site('2026-04-20')).get('/attention')
    expect(lines(text)).toEqual([
      '<strong>已到期</strong> 账户1.0 的关卡“审计”的佐证已于 2026-04-20 过期，重新佐证才放行 ',
      '<strong>已到期</strong> 账户1.0 的关卡“切量”没有关闭，豁免已于 2026-04-20 到期，现在又挡着 ',
      '<strong>已到期</strong> 账户1.0 的关卡“会签”没有关闭，豁免已于 2026-04-20 到期，现在又挡着 ',
      '<strong>已到期</strong> till → bank 的调用豁免已于 2026-04-20 到期，till 又拦住了它 ',
    ])
    expect(text).toContain(`href="${SYSTEM}#gates">续期，或了结`)
    const later = contextOn('2026-05-01', context.db)
    const proof = { on: '2026-05-01', evidence: '新纪要', evidenceExpiresOn: '2027-05-01', version: 2 }
    await closeGate(later, audit, proof)
    const renewed = (await (await site('2026-05-01')).get('/attention')).text
    expect(renewed).not.toContain('审计')
    expect(lines(renewed)?.filter(line => line.includes('会签'))).toEqual([
      '<strong>关卡逾期</strong> 账户1.0 / 会签 原定 2026-05-01 关闭，尚未关闭 ',
    ])
  })

  test('a waiver that ended holds nobody any more once its provider is off', async () => {
    const { context, bank, site } = await ended()
    const day = contextOn('2026-04-20', context.db)
    await shutDownService(day, bank, { on: '2026-04-20', overrideReason: '机房搬迁', version: 1 })
    const english = (await (await site('2026-04-20')).get('/', ENGLISH)).text
    expect(english).not.toContain('till → bank was waived')
    expect(english).toContain(
      '<strong>Ended</strong> 账户1.0: the evidence of the gate “审计” expired on 2026-04-20; until it is proven again, the gate holds',
    )
  })
})
