import type { Day } from '../domain/calendar.ts'
import {
  type Edge,
  type ExternalConsumer,
  type GateState,
  NEEDS,
  SERVICE_ROLES,
  type ServiceState,
  STRENGTHS,
  SYSTEM_ROLES,
  type SystemState,
  type Use,
} from '../domain/landscape.ts'
import type { Questions } from '../domain/shutdown/answer.ts'
import { type Ignored, noteKeys } from './known-keys.ts'
import {
  choiceIn,
  dayIn,
  flagIn,
  idIn,
  idsIn,
  listIn,
  numberIn,
  type Place,
  type Row,
  refuse,
  rowIn,
} from './row-reader.ts'

export function systemsIn(file: Row, ignored: Ignored): SystemState[] {
  return rowsIn(file, 'systems', SYSTEM_KEYS, ignored, (row, place) => ({
    id: idIn(row, 'id', place),
    role: choiceIn(row, 'role', place, SYSTEM_ROLES, 'legacy'),
    residual: numberIn(row, 'residual', place, ANY_NUMBER, null),
    residualZeroOn: dayIn(row, 'residualZeroOn', place),
    gates: rowsIn(row, 'gates', GATE_KEYS, ignored, gateIn, place),
  }))
}

export function servicesIn(file: Row, ignored: Ignored): ServiceState[] {
  return rowsIn(file, 'services', SERVICE_KEYS, ignored, (row, place) => ({
    id: idIn(row, 'id', place),
    state: choiceIn(row, 'state', place, ['on', 'off'], 'on'),
    offSince: dayIn(row, 'offSince', place),
    role: choiceIn(row, 'role', place, SERVICE_ROLES, null),
    systems: idsIn(row, 'systems', place),
    cost: numberIn(row, 'cost', place, MONEY, 0),
    gates: rowsIn(row, 'gates', GATE_KEYS, ignored, gateIn, place),
  }))
}

/** `asOf` decides whether a waiver has run out. */
export function edgesIn(file: Row, asOf: Day, ignored: Ignored): Edge[] {
  return rowsIn(file, 'edges', EDGE_KEYS, ignored, (row, place) => ({
    ...useIn(row, place, asOf),
    from: idIn(row, 'from', place),
    to: idIn(row, 'to', place),
  }))
}

export function externalsIn(file: Row, asOf: Day, ignored: Ignored): ExternalConsumer[] {
  return rowsIn(file, 'externals', EXTERNAL_KEYS, ignored, (row, place) => ({
    name: idIn(row, 'name', place),
    to: idIn(row, 'to', place),
    ...useIn(row, place, asOf),
  }))
}

export function changesIn(file: Row, ignored: Ignored): Questions['whatIf'] {
  return rowsIn(file, 'whatIf', CHANGE_KEYS, ignored, changeIn)
}

const SYSTEM_KEYS: ReadonlySet<string> = new Set('id role residual residualZeroOn gates'.split(' '))
const SERVICE_KEYS: ReadonlySet<string> = new Set('id state offSince role systems cost gates'.split(' '))
const GATE_KEYS: ReadonlySet<string> = new Set('id open closesOn'.split(' '))
const USE_KEYS = 'to strength needs declared lastSeen quietDays until waived'.split(' ')
const EDGE_KEYS: ReadonlySet<string> = new Set(['from', ...USE_KEYS])
const EXTERNAL_KEYS: ReadonlySet<string> = new Set(['name', ...USE_KEYS])
const CHANGE_KEYS: ReadonlySet<string> = new Set('id resolve systems dropEdges off'.split(' '))

/** Long enough for any watch, short enough for a calendar. */
export const DAYS = { least: 0, most: 1_000_000, isWhole: true }
const ANY_NUMBER = { least: -Number.MAX_VALUE, most: Number.MAX_VALUE, isWhole: false }
const MONEY = { least: 0, most: Number.MAX_VALUE, isWhole: false }

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

/** A gate of which the file does not say whether it is open is unknown, and so holds. */
function gateIn(row: Row, place: Place): GateState {
  const open = flagIn(row, 'open', place, null)
  return {
    id: idIn(row, 'id', place),
    state: open === null ? 'unknown' : open ? 'open' : 'closed',
    closesOn: dayIn(row, 'closesOn', place),
  }
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
