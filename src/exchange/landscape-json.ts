import type { Day } from '../domain/calendar.ts'
import type { GateState, Landscape } from '../domain/landscape.ts'
import type { Questions } from '../domain/shutdown/answer.ts'
import { parseJson } from './json-text.ts'
import { type Ignored, noteKeys } from './known-keys.ts'
import { changesIn, DAYS, edgesIn, externalsIn, servicesIn, systemsIn } from './landscape-rows.ts'
import {
  dayIn,
  isAbsent,
  LandscapeFileError,
  numberIn,
  type Place,
  type Row,
  refuse,
  rowIn,
} from './row-reader.ts'

/** A landscape, the day it is asked about, and what is asked beside the verdicts. */
export type LandscapeFile = Questions & {
  asOf: Day
  landscape: Landscape
  /** Keys in the file that nothing reads. */
  ignored: string[]
}

/**
 * Reads a landscape from JSON, as bytes in UTF-8 or as text. null means the same as nothing there. Refuses
 * text that is not JSON with its line and column (`JsonTextError`), and with the path of the field
 * (`LandscapeFileError`): a wrong type or word, a number out of range, a missing `asOf`, `services`, id or
 * end of an edge, an id that occurs twice, and a key that is nearly a known one. Other keys are `ignored`.
 */
export function parseLandscape(input: string | Uint8Array): LandscapeFile {
  const place: Place = () => ''
  const row = rowIn(parseJson(textOf(input)), () => 'file')
  refuseWorkspace(row)
  const ignored: Ignored = new Map()
  noteKeys(row, FILE_KEYS, '', place, ignored)
  const asOf = dayIn(row, 'asOf', place) ?? refuse(place, 'asOf', 'must be a day YYYY-MM-DD', undefined)
  if (isAbsent(row.services)) refuse(place, 'services', 'must be a list', undefined)
  const landscape: Landscape = {
    quietDays: numberIn(row, 'quietDays', place, DAYS, 30),
    soakDays: numberIn(row, 'soakDays', place, DAYS, 0),
    systems: systemsIn(row, ignored),
    services: servicesIn(row, ignored),
    edges: edgesIn(row, asOf, ignored),
    externals: externalsIn(row, asOf, ignored),
  }
  const whatIf = changesIn(row, ignored)
  refuseTwice(landscape.systems, 'systems')
  refuseTwice(landscape.services, 'services')
  refuseTwice(whatIf, 'whatIf')
  return {
    asOf,
    landscape,
    whatIf,
    bestK: numberIn(row, 'bestK', place, { least: 0, most: 100, isWhole: true }, 0),
    ignored: [...ignored.keys()],
  }
}

const FILE_KEYS: ReadonlySet<string> = new Set(
  'asOf quietDays soakDays systems services edges externals whatIf bestK'.split(' '),
)

/** A byte order mark is dropped. */
function textOf(input: string | Uint8Array): string {
  if (typeof input === 'string') return input.replace(/^\ufeff/, '')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input)
  } catch {
    throw new LandscapeFileError('file', 'is not UTF-8 text')
  }
}

function refuseWorkspace({ format }: Row) {
  if (format !== 'last-orders/workspace') return
  const must = 'is that of a whole workspace; its landscape is printed by the command `landscape`'
  throw new LandscapeFileError('format', must)
}

function refuseTwice(things: { id: string }[], list: string) {
  const seen = new Map<string, number>()
  things.forEach(({ id }, index) => {
    const first = seen.get(id)
    if (first !== undefined) {
      throw new LandscapeFileError(
        `${list}[${index}].id`,
        `${JSON.stringify(id)} is already ${list}[${first}]`,
      )
    }
    seen.set(id, index)
  })
}

/**
 * A landscape in the same format, fields that say nothing left out. Reading it back gives the same landscape:
 * `declared` is always said, because its default depends on another field. A cost of 0 is left out, as mostly it
 * is one that nobody knows.
 */
export function landscapeJson(landscape: Landscape, asOf: Day): string {
  const { quietDays, soakDays } = landscape
  const systems = landscape.systems.map(system => ({ ...said(system), gates: system.gates.map(gateOut) }))
  const services = landscape.services.map(({ cost, ...service }) => ({
    ...said({ ...service, cost: cost === 0 ? null : cost }),
    gates: service.gates.map(gateOut),
  }))
  const edges = landscape.edges.map(said)
  const externals = landscape.externals.map(said)
  return JSON.stringify({ asOf, quietDays, soakDays, systems, services, edges, externals })
}

function gateOut({ id, state, closesOn }: GateState) {
  return said({ id, open: state === 'unknown' ? null : state === 'open', closesOn })
}

function said<T extends object>(thing: T): Partial<T> {
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== null)) as Partial<T>
}
