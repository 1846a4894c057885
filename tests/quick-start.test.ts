import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

/** Node as `npm start` runs it: what `code` prints, as JSON. */
async function started(
  code: string,
  ...flags: string[]
): Promise<Record<string, { isPacked: boolean; names: string[] }>> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...flags,
    '--input-type=module',
    '-e',
    code,
  ])
  return JSON.parse(stdout)
}

const QUICK = ['--import', './src/quick-start.js']
/** Of a CommonJS library (express) packing leaves the default import alone, so what that holds counts. */
const NAMES = `
  const names = {}
  for (const library of ['kysely', 'kysely/migration', 'express', 'zod']) {
    const found = await import(library)
    const isPacked = import.meta.resolve(library).includes('/.cache/packed/')
    names[library] = { isPacked, names: Object.keys(library === 'express' ? found.default : found).sort() }
  }
  console.log(JSON.stringify(names))
`

test('a start reads packed libraries, which offer what their packages offer', async () => {
  const [plain, packed] = await Promise.all([started(NAMES), started(NAMES, ...QUICK)])
  expect(Object.keys(plain)).toHaveLength(4)
  for (const [library, { isPacked, names }] of Object.entries(plain)) {
    expect(isPacked, library).toBe(false)
    expect(packed[library], library).toEqual({ isPacked: true, names })
  }
})
