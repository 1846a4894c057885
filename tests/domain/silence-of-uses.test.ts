import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Register,
  type RegisteredService,
  type RegisteredUse,
  toLandscape,
} from '../../src/domain/register.ts'
import { judge } from '../../src/domain/shutdown/judge.ts'
import { CONFIRMED, DECLARED } from '../support/registered.ts'

const TODAY = '2026-03-31'

/** Nobody waits for what is added here. */
const soft = fc.record({
  consumer: fc.integer({ min: -1, max: 5 }),
  provider: fc.nat(5),
  more: fc.constantFrom<Partial<RegisteredUse>>(
    { strength: 'soft' },
    { strength: 'soft', declaredOn: null, lastSeenOn: '2026-03-28' },
  ),
})
/** The consumer was off since February already. */
const late = fc.record({
  consumer: fc.integer({ min: 6, max: 7 }),
  provider: fc.nat(5),
  more: fc.constantFrom<Partial<RegisteredUse>>({ declaredOn: '2026-03-01' }, { declaredOn: null }),
})
const held = fc.record({ consumer: fc.nat(5), provider: fc.nat(5) })
const OFF: Partial<RegisteredService> = { state: 'off', offSince: '2026-02-01' }
const kept = fc.array(
  fc.constantFrom<Partial<RegisteredService>>({}, { gates: [CONFIRMED] }, { role: 'stay' }),
  {
    minLength: 6,
    maxLength: 6,
  },
)

test('recording a soft use, or one of a consumer that was off before, frees nobody', () => {
  fc.assert(
    fc.property(
      kept,
      fc.array(held),
      fc.array(fc.oneof(soft, late), { minLength: 1 }),
      (services, uses, added) => {
        const before: Register = {
          systems: [],
          services: [...services, OFF, { ...OFF, offSince: null }].map((more, at) =>
            serviceOf(`s${at}`, more),
          ),
          dependencies: uses.map(pair => between(pair, {})),
          externals: [],
        }
        const after = {
          ...before,
          dependencies: [
            ...before.dependencies,
            ...added.filter(({ consumer }) => consumer >= 0).map(pair => between(pair, pair.more)),
          ],
          externals: added
            .filter(({ consumer }) => consumer < 0)
            .map(({ provider, more }) => ({ ...DECLARED, ...more, name: 'bank', provider: `s${provider}` })),
        }
        expect(freeOf(after)).toEqual(freeOf(before))
      },
    ),
  )
})

function between(
  { consumer, provider }: { consumer: number; provider: number },
  more: Partial<RegisteredUse>,
) {
  return { ...DECLARED, ...more, consumer: `s${consumer}`, provider: `s${provider}` }
}

function freeOf(register: Register): string[] {
  const { landscape, verdicts } = judge(toLandscape(register, TODAY, { quietDays: 30, soakDays: 7 }), TODAY)
  return landscape.services.flatMap(({ id }, at) =>
    ['READY', 'FREE'].includes(verdicts[at]!) ? [`${id} ${verdicts[at]}`] : [],
  )
}

function serviceOf(key: string, more: Partial<RegisteredService>): RegisteredService {
  const runs = { state: 'on', offSince: null, role: 'legacy' } as const
  return { key, ...runs, systems: [], costs: [], gates: [], usedOn: null, ...more }
}
