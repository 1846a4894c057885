import { z } from 'zod'
import { readMembers } from './json-members.ts'
import { WorkspaceFileError, type WorkspaceHead, workspaceChecks } from './workspace-checks.ts'
import { day, orNull, whole } from './workspace-fields.ts'
import { LATER_TABLES } from './workspace-later.ts'
import { WORKSPACE_TABLES, type WorkspaceRow, type WorkspaceTable } from './workspace-tables.ts'

/**
 * The format `last-orders/workspace`: the whole register with its history as one JSON object, described in
 * README.md beside this file. What can be worked out from the rest is not in it.
 */
const FORMAT = 'last-orders/workspace'
const VERSION = 1

type TableRows = { table: WorkspaceTable; rows: WorkspaceRow[] }
export type Workspace = { head: WorkspaceHead; rows: AsyncIterable<TableRows> }

/** The text of a workspace, a row on each line. The same rows give the same text. */
export async function* workspaceText({ head, rows }: Workspace): AsyncGenerator<string> {
  yield `{\n"format":${JSON.stringify(FORMAT)},\n"version":${VERSION},\n"workspace":${JSON.stringify(head)}`
  let last: WorkspaceTable | null = null
  let isFirst = true
  for await (const { table, rows: some } of rows) {
    if (table !== last) {
      yield `${last === null ? '' : '\n]'},\n${JSON.stringify(table)}:[`
      last = table
      isFirst = true
    }
    if (some.length === 0) continue
    yield `${isFirst ? '' : ','}\n${some.map(row => rowText(table, row)).join(',\n')}`
    isFirst = false
  }
  yield '\n]\n}\n'
}

/**
 * Reads the head of a workspace; its rows follow as they are asked for. Refuses text that is not JSON with line
 * and column (`JsonTextError`), and a file that is no workspace, is of a later version, or has a wrong or missing
 * field, an unknown or repeated id, or a key twice with the path of the field (`WorkspaceFileError`).
 */
export async function openWorkspace(bytes: AsyncIterable<Uint8Array>): Promise<Workspace> {
  const members = readMembers(textOf(bytes))
  const format = await nextValue(members)
  if (format?.name !== 'format' || format.value !== FORMAT)
    throw new WorkspaceFileError('format', `must come first and be ${JSON.stringify(FORMAT)}`)
  const version = await nextValue(members)
  if (version?.name !== 'version' || !Number.isInteger(version.value))
    throw new WorkspaceFileError('version', 'must come second and be a whole number')
  if (version.value !== VERSION) throw new WorkspaceFileError('version', sayVersion(version.value as number))
  const workspace = await nextValue(members)
  if (workspace?.name !== 'workspace') throw new WorkspaceFileError('workspace', 'must come third')
  const head = check(HEAD, workspace.value, 'workspace')
  return { head, rows: readTables(members, head) }
}

const HEAD = z.strictObject({ revision: whole, simulatedSince: orNull(day) })

async function* readTables(members: ReturnType<typeof readMembers>, head: WorkspaceHead) {
  const tables = Object.keys(WORKSPACE_TABLES) as WorkspaceTable[]
  const refuseWrong = workspaceChecks(head)
  let position = -1
  for await (const member of members) {
    if (tables[position] !== member.name || !('rows' in member) || member.from === 0) position += 1
    const table = tables[position]
    if (member.name !== table)
      throw new WorkspaceFileError(
        member.name,
        table ? `is not expected here; ${table} comes next` : 'is no part of a workspace',
      )
    if (!('rows' in member)) throw new WorkspaceFileError(table, 'must be a list')
    const rows = member.rows.map((row, index) => {
      const path = `${table}[${member.from + index}]`
      const checked = check(WORKSPACE_TABLES[table] as z.ZodType<WorkspaceRow>, row, path)
      refuseWrong(table, checked, path)
      return checked
    })
    yield { table, rows }
  }
  const missing = tables[position + 1]
  if (missing && !(missing in LATER_TABLES)) throw new WorkspaceFileError(missing, 'is missing')
}

function check<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const read = schema.safeParse(value, { error: sayIssue })
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  const inside = issue.path.map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
  throw new WorkspaceFileError(path + inside.join(''), issue.message)
}

function sayIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  if (issue.code === 'unrecognized_keys') return `has the unknown field ${issue.keys.join(', ')}`
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'must not be empty' : 'is too small'
  return issue.code === 'too_big' ? 'is too large' : undefined
}

function article(type: string): string {
  if (type === 'int') return 'a whole number'
  return type === 'object' || type === 'record' ? 'an object' : `a ${type}`
}

function sayVersion(version: number): string {
  return version > VERSION
    ? `${version} was written by a newer version of Last Orders; this one reads ${VERSION}`
    : `${version} is unknown; this version of Last Orders reads ${VERSION}`
}

async function nextValue(members: ReturnType<typeof readMembers>) {
  const { value: member, done } = await members.next()
  return done || !('value' in member) ? null : member
}

async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    if (error instanceof TypeError) throw new WorkspaceFileError('file', 'is not UTF-8 text')
    throw error
  }
}

/** Fields in the order of the format, whatever the order of the row. */
function rowText(table: WorkspaceTable, row: WorkspaceRow): string {
  return JSON.stringify(Object.fromEntries(FIELDS[table].map(field => [field, row[field]])))
}

const FIELDS = Object.fromEntries(
  Object.entries(WORKSPACE_TABLES).map(([table, { shape }]) => [table, Object.keys(shape)]),
) as Record<WorkspaceTable, string[]>
