import fc from 'fast-check'
import type {
  Edge,
  ExternalConsumer,
  GateState,
  Landscape,
  ServiceState,
  SystemState,
  Use,
} from '../../src/domain/landscape.ts'
import type { Change } from '../../src/domain/shutdown/what-if.ts'

export const TODAY = '2026-08-22'

/** Runs of each property: more with `SHUTDOWN_RUNS=5000 npm run quick`. */
export const RUNS = Number(process.env.SHUTDOWN_RUNS ?? 400)

/** Names that break plain objects, sorting by UTF-16 units, or eyes. */
const NAMES = ['__proto__', '10', 'constructor', 'a', 'a\u200b', '\u{1f480}', '\uff41', '9', 'A']
const SYSTEMS = ['old', 'busy', 'toString']

const name = fc.constantFrom(...NAMES)
const day = fc.constantFrom(
  '2026-07-20',
  '2026-08-01',
  '2026-08-21',
  TODAY,
  '2026-08-23',
  '2026-09-10',
  '2026-12-01',
)
const maybeDay = fc.option(day, { freq: 2 })
const rarely = fc.boolean().chain(first => (first ? fc.boolean() : fc.constant(false)))

const gates: fc.Arbitrary<GateState[]> = fc.array(
  fc.record({
    id: fc.constantFrom('approval', 'data'),
    state: fc.constantFrom('open', 'closed', 'closed', 'unknown'),
    closesOn: maybeDay,
  }),
  { maxLength: 1 },
)

const use: fc.Arbitrary<Use> = fc.record({
  strength: fc.constantFrom('hard', 'hard', 'hard', 'hard', 'soft'),
  needs: fc.constantFrom('from', 'from', 'from', 'from', 'to', 'both'),
  declared: fc.boolean(),
  lastSeen: maybeDay,
  quietDays: fc.constantFrom(null, null, 0, 5, 400),
  until: maybeDay,
  waived: rarely.map(waived => waived && true),
})

const edge: fc.Arbitrary<Edge> = fc.tuple(name, name, use).map(([from, to, rest]) => ({ from, to, ...rest }))
const external: fc.Arbitrary<ExternalConsumer> = fc
  .tuple(fc.constantFrom('bank', 'acme'), name, use)
  .map(([partner, to, rest]) => ({ name: partner, to, ...rest }))

const system = (id: string): fc.Arbitrary<SystemState> =>
  fc.record({
    id: fc.constant(id),
    role: fc.constantFrom('legacy', 'legacy', 'legacy', 'stay'),
    residual: fc.constantFrom(0, 0, 0, 12, null, -1),
    residualZeroOn: maybeDay,
    gates,
  })

const service: fc.Arbitrary<ServiceState> = fc.record({
  id: name,
  state: fc.constantFrom('on', 'on', 'on', 'on', 'off'),
  offSince: maybeDay,
  role: fc.constantFrom(null, 'legacy', 'legacy', 'follows', 'follows', 'stay'),
  systems: fc.uniqueArray(fc.constantFrom(...SYSTEMS, 'old'), { maxLength: 2 }),
  cost: fc.nat(9),
  gates,
})

/** Cycles, self-loops, duplicates, off and unknown ends, outsiders, shared and unknown systems, odd names. */
export const anyLandscape: fc.Arbitrary<Landscape> = fc.record({
  quietDays: fc.constantFrom(30, 7),
  soakDays: fc.constantFrom(0, 0, 7),
  systems: fc.subarray(SYSTEMS, { minLength: 1 }).chain(ids => fc.tuple(...ids.map(system))),
  services: fc.uniqueArray(service, { selector: ({ id }) => id, minLength: 1, maxLength: 7 }),
  edges: fc.array(edge, { maxLength: 14 }),
  externals: fc.array(external, { maxLength: 2 }),
})

/** The same landscape with every list from its end. */
export function turnedRound(landscape: Landscape): Landscape {
  return {
    ...landscape,
    systems: landscape.systems.toReversed(),
    services: landscape.services.toReversed(),
    edges: landscape.edges.toReversed(),
    externals: landscape.externals.toReversed(),
  }
}

export const anyChange: fc.Arbitrary<Change> = fc.record({
  resolve: fc.subarray([
    'residual:old',
    'residual:busy',
    'external:acme',
    'ghost:9>a',
    'gate:old/approval',
    'no such',
  ]),
  systems: fc.subarray(SYSTEMS),
  dropEdges: fc.array(fc.tuple(name, name), { maxLength: 2 }),
  off: fc.array(name, { maxLength: 2 }),
})
