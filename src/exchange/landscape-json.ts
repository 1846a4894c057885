import type { Day } from '../domain/calendar.ts'
import {
  type Edge,
  type ExternalConsumer,
  type GateState,
  type Landscape,
  NEEDS,
  SERVICE_ROLES,
  type ServiceState,
  STRENGTHS,
  SYSTEM_ROLES,
  type SystemState,
  type Use,
} from '../domain/landscape.ts'
import type { Questions } from '../domain/shutdown/answer.ts'
import { parseJson } from './json-text.ts'
import { type Ignored, noteKeys } from './known-keys.ts'
import {
  choiceIn,
  dayIn,
  flagIn,
  idIn,
  idsIn,
  isAbsent,
  LandscapeFileError,
  listIn,
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
  const ignored: Ignored = new Set()
  noteKeys(row, FILE_KEYS, '', place, ignored)
  const asOf = dayIn(row, 'asOf', place) ?? refuse(place, 'asOf', 'must be a day YYYY-MM-DD', undefined)
  if (isAbsent(row.services)) refuse(place, 'services', 'must be a list', undefined)
  const landscape: Landscape = {
    quietDays: numberIn(row, 'quietDays', place, DAYS, 30),
    soakDays: numberIn(row, 'soakDays', place, DAYS, 0),
    systems: rowsIn(row, 'systems', SYSTEM_KEYS, ignored, (system, at) => systemIn(system, at, ignored)),
    services: rowsIn(row, 'services', SERVICE_KEYS, ignored, (service, at) =>
      serviceIn(service, at, ignored),
    ),
    edges: rowsIn(row, 'edges', EDGE_KEYS, ignored, (edge, at) => edgeIn(edge, at, asOf)),
    externals: rowsIn(row, 'externals', EXTERNAL_KEYS, ignored, (use, at) => externalIn(use, at, asOf)),
  }
  const whatIf = rowsIn(row, 'whatIf', CHANGE_KEYS, ignored, changeIn)
  refuseTwice(landscape.systems, 'systems')
  refuseTwice(landscape.services, 'services')
  refuseTwice(whatIf, 'whatIf')
  return {
    asOf,
    landscape,
    whatIf,
    bestK: numberIn(row, 'bestK', place, { least: 0, most: 100, isWhole: true }, 0),
    ignored: [...ignored],
  }
}

const FILE_KEYS: ReadonlySet<string> = new Set(
  'asOf quietDays soakDays systems services edges externals whatIf bestK'.split(' '),
)
const SYSTEM_KEYS: ReadonlySet<string> = new Set('id role residual residualZeroOn gates'.split(' '))
const SERVICE_KEYS: ReadonlySet<string> = new Set('id state offSince role systems cost gates'.split(' '))
const GATE_KEYS: ReadonlySet<string> = new Set('id open closesOn'.split(' '))
const USE_KEYS = 'to strength needs declared lastSeen quietDays until waived'.split(' ')
const EDGE_KEYS: ReadonlySet<string> = new Set(['from', ...USE_KEYS])
const EXTERNAL_KEYS: ReadonlySet<string> = new Set(['name', ...USE_KEYS])
const CHANGE_KEYS: ReadonlySet<string> = new Set('id resolve systems dropEdges off'.split(' '))

/** Long enough for any watch, short enough for a calendar. */
const DAYS = { least: 0, most: 1_000_000, isWhole: true }
const ANY_NUMBER = { least: -Number.MAX_VALUE, most: Number.MAX_VALUE, isWhole: false }
const MONEY = { least: 0, most: Number.MAX_VALUE, isWhole: false }

/** A byte order mark is dropped. */
function textOf(input: string | Uint8Array): string {
  if (typeof input === 'string') return input.replace(/^\ufeff/, '')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input)
  } catch {
    throw new LandscapeFileError('file', 'is not UTF-8 text')
  }
}

function rowsIn<T>(
  file: Row,
  key: string,
  known: ReadonlySet<string>,
  ignored: Ignored,
  read: (row: Row, place: Place) => T,
  around: Place = () => '',
): T[] {
  const path = around() === '' ? key : `${around()}.${key}`
  return listIn(file, key, around).map((value, index) => {
    const place = () => `${path}[${index}]`
    const row = rowIn(value, place)
    noteKeys(row, known, `${key}[]`, place, ignored)
    return read(row, place)
  })
}

function systemIn(row: Row, place: Place, ignored: Ignored): SystemState {
  return {
    id: idIn(row, 'id', place),
    role: choiceIn(row, 'role', place, SYSTEM_ROLES, 'legacy'),
    residual: numberIn(row, 'residual', place, ANY_NUMBER, null),
    residualZeroOn: dayIn(row, 'residualZeroOn', place),
    gates: rowsIn(row, 'gates', GATE_KEYS, ignored, gateIn, place),
  }
}

function serviceIn(row: Row, place: Place, ignored: Ignored): ServiceState {
  return {
    id: idIn(row, 'id', place),
    state: choiceIn(row, 'state', place, ['on', 'off'], 'on'),
    offSince: dayIn(row, 'offSince', place),
    role: choiceIn(row, 'role', place, SERVICE_ROLES, null),
    systems: idsIn(row, 'systems', place),
    cost: numberIn(row, 'cost', place, MONEY, 0),
    gates: rowsIn(row, 'gates', GATE_KEYS, ignored, gateIn, place),
  }
}

/** A gate of which the file does not say whether it is open is unknown, and so holds. */
function gateIn(row: Row, place: Place): GateState {
  const open = flagIn(row, 'open', place, null)
  return {
    id: idIn(row, 'id', place),
    state: open === null ? 'unknown' : open ? 'open' : 'closed',
    closesOn: dayIn(row, 'closesOn', place),
  }
}

function edgeIn(row: Row, place: Place, asOf: Day): Edge {
  return { from: idIn(row, 'from', place), to: idIn(row, 'to', place), ...useIn(row, place, asOf) }
}

function externalIn(row: Row, place: Place, asOf: Day): ExternalConsumer {
  return { name: idIn(row, 'name', place), to: idIn(row, 'to', place), ...useIn(row, place, asOf) }
}

function useIn(row: Row, place: Place, asOf: Day): Use {
  const lastSeen = dayIn(row, 'lastSeen', place)
  return {
    strength: choiceIn(row, 'strength', place, STRENGTHS, 'hard'),
    needs: choiceIn(row, 'needs', place, NEEDS, 'from'),
    declared: flagIn(row, 'declared', place, lastSeen === null),
    lastSeen,
    quietDays: numberIn(row, 'quietDays', place, DAYS, null),
    until: dayIn(row, 'until', place),
    waived: isWaived(row, place, asOf),
  }
}

/** `true`, or who, why and until when; a waiver that has run out no longer waives. */
function isWaived(row: Row, place: Place, asOf: Day): boolean {
  if (typeof row.waived !== 'object' || row.waived === null) return flagIn(row, 'waived', place, false)
  const waiver = rowIn(row.waived, () => `${place()}.waived`)
  const until = dayIn(waiver, 'until', () => `${place()}.waived`)
  return until === null || until > asOf
}

function changeIn(row: Row, place: Place) {
  const pairs = listIn(row, 'dropEdges', place)
  pairs.forEach((pair, at) => {
    const isPair = Array.isArray(pair) && pair.length === 2 && pair.every(end => typeof end === 'string')
    if (!isPair) refuse(place, `dropEdges[${at}]`, 'must be [consumer, provider]', pair)
  })
  return {
    id: idIn(row, 'id', place),
    resolve: idsIn(row, 'resolve', place),
    systems: idsIn(row, 'systems', place),
    dropEdges: pairs as [string, string][],
    off: idsIn(row, 'off', place),
  }
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
