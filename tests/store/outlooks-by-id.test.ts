import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Outlook } from '../../src/store/forecasts.ts'
import { OutlooksById } from '../../src/store/outlooks-by-id.ts'

const outlookOf = (id: number) => ({ system: { id } }) as Outlook
const ids = fc.uniqueArray(fc.nat(450)).map(some => some.sort((a, b) => a - b))
/** Changes touch some that were there, and new ids are larger than all before. */
const changed = ids.chain(first =>
  fc.record({
    first: fc.constant(first),
    touched: fc.subarray(first),
    added: ids.map(some => some.map(id => 451 + id)),
  }),
)

test('a copy is what a map would be, and leaves its original as it was', () => {
  fc.assert(
    fc.property(changed, ({ first, touched, added }) => {
      const [original, plain] = [new OutlooksById(), new Map<number, Outlook>()]
      const add = (to: OutlooksById, map: Map<number, Outlook>, some: readonly number[]) => {
        const outlooks = some.map(outlookOf)
        to.add(outlooks)
        for (const outlook of outlooks) map.set(outlook.system.id, outlook)
      }
      add(original, plain, first)
      const before = original.blocks().map(block => ({ block, was: new Map(block) }))
      const [copy, map] = [new OutlooksById(original), new Map(plain)]
      for (const some of [touched, added]) add(copy, map, some)
      for (const [found, expected] of [
        [original, plain],
        [copy, map],
      ] as const) {
        expect([...found.values()]).toEqual([...expected.values()])
        for (let id = 0; id <= 901; id++) expect(found.get(id)).toBe(expected.get(id))
      }
      for (const { block, was } of before) expect(block).toEqual(was)
    }),
  )
})
