import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { importsOf, type ProjectFile, projectFiles } from './support/project-files.ts'

const source = projectFiles('src', '.ts')
const views = projectFiles('views', '.ejs')

/** Who may import whom: folders and files of ours, then packages. A type is always free to be named by `types`. */
type Rule = { ours: string[]; packages?: RegExp; types?: RegExp; never?: RegExp }

const DATABASES = /^(kysely|pg|better-sqlite3)(\/|$)/
// `auth`, for people who sign in, has its place before it has files.
const INWARD = ['domain', 'store', 'actions', 'auth', 'exchange', 'context.ts', 'config.ts']
const RULES: Record<string, Rule> = {
  domain: { ours: ['domain'], packages: /^$/ },
  exchange: { ours: ['exchange', 'domain'], never: /^(express|kysely|pg|better-sqlite3)/ },
  auth: { ours: ['auth', 'domain'], never: /^(express|kysely|pg|better-sqlite3)/ },
  store: { ours: ['store', 'domain'], packages: /^(kysely(\/.+)?|pg|better-sqlite3|node:.+)$/ },
  actions: { ours: [...INWARD, 'actions'], packages: /^(zod|node:(?!process).+)$/, types: /^kysely$/ },
  http: { ours: [...INWARD, 'http'], never: DATABASES },
  web: { ours: [...INWARD, 'log.ts', 'http', 'web'], never: DATABASES },
  api: { ours: [...INWARD, 'log.ts', 'http', 'api'], never: DATABASES },
  cli: { ours: [...INWARD, 'cli'], never: DATABASES },
  'config.ts': { ours: [], packages: /^(zod|node:.+)$/ },
  'log.ts': { ours: ['config.ts'], packages: /^pino$/ },
  'context.ts': { ours: ['config.ts', 'domain', 'store'], types: /^kysely$/ },
  'app.ts': { ours: [...INWARD, 'log.ts', 'http', 'web', 'api'] },
  'opening.ts': { ours: INWARD },
  'publishing.ts': { ours: [...INWARD, 'log.ts'] },
  'server.ts': {
    ours: ['quick-start.js', ...INWARD, 'log.ts', 'web', 'api', 'app.ts', 'opening.ts', 'publishing.ts'],
  },
  'pack-libraries.ts': { ours: [], packages: /^(rolldown|node:.+)$/ },
  'cli.ts': { ours: ['quick-start.js', ...INWARD, 'cli', 'opening.ts'] },
}

const part = (path: string) => path.split('/')[1] ?? ''

function mayImport(from: ProjectFile, { target, isTypeOnly }: ReturnType<typeof importsOf>[number]): boolean {
  const rule = RULES[part(from.path)]
  if (!rule) return false
  if (target.startsWith('src/')) return rule.ours.includes(part(target))
  if (isTypeOnly && rule.types?.test(target)) return true
  return (rule.packages?.test(target) ?? true) && !rule.never?.test(target)
}

test('imports run one way: web, api, cli -> actions -> store -> domain', () => {
  const wrong = source.flatMap(file =>
    importsOf(file)
      .filter(found => !mayImport(file, found))
      .map(found => `${file.path} imports ${found.target}`),
  )
  expect(wrong).toEqual([])
})

test.each([
  ['the clock', /Date\.now|new Date\(\s*\)|\bDate\(\)|Temporal\.Now|performance\.now|setTimeout|setInterval/],
  ['chance', /Math\.random|\bcrypto\./],
  ['async', /\b(async|await|Promise)\b/],
  ['the process', /\bprocess\.|\bglobalThis\b|\bfetch\(/],
])('the domain does without %s', (_name, pattern) => {
  expect(filesWith(pattern, source.filter(inFolder('domain')))).toEqual([])
})

test.each([
  ['an instant in the domain', /new Date\(/, source.filter(inFolder('domain')), ['src/domain/calendar.ts']],
  ['a transaction', /\.(start)?[tT]ransaction\(/, source, ['src/actions/action.ts']],
  ['the environment', /process\.env\b/, source, ['src/config.ts']],
  ['a driver', /from '(pg|better-sqlite3)'/, source, ['src/store/dialect.ts']],
  [
    'a difference between the databases',
    /(Postgres|Sqlite)(Adapter|Dialect)/,
    source,
    ['src/store/dialect.ts'],
  ],
  // Nothing that people wrote is ever deleted.
  ['a deletion', /deleteFrom\(|sql`\s*delete /i, source, []],
  ['a default export', /export default|as default\b/, source, []],
])('%s stands only where it belongs', (_name, pattern, files, places) => {
  expect(filesWith(pattern, files).filter(path => !places.includes(path))).toEqual([])
})

test.each([
  ['an answer without escaping, except for a part or the page body', /<%-(?!\s*(include\(|body\s*[-_]?%>))/],
  ['a part named by its place beside it, which is looked for on disk', /include\('(?!\/)/],
  ['a style of its own', /<[^%>]*\sstyle\s*=/],
  ['a script of its own', /<script(?![^>]*\b(src=|type="application\/json"))/],
  ['a handler in an attribute', /<[^%>]*\son[a-z]+\s*=/],
])('no view has %s', (_name, pattern) => expect(filesWith(pattern, views)).toEqual([]))

// Without it npm 9 and 10 want a compiler for better-sqlite3, which ships its binaries; `npm install` drops the line.
test('the lock file says "gypfile": false of better-sqlite3', () => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  expect(packages['node_modules/better-sqlite3']).toHaveProperty('gypfile', false)
})

test('no file is longer than 200 lines', () => {
  const files = ['src', 'views', 'tests'].flatMap(folder =>
    projectFiles(folder, '.ts', '.ejs', '.css', '.js'),
  )
  const long = files.filter(file => file.text.trimEnd().split('\n').length > 200)
  expect(long.map(file => file.path)).toEqual([])
})

function inFolder(name: string) {
  return (file: ProjectFile) => part(file.path) === name
}

function filesWith(pattern: RegExp, files: ProjectFile[]): string[] {
  return files.filter(file => pattern.test(file.code)).map(file => file.path)
}
