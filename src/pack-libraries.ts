import { rename, rm } from 'node:fs/promises'
import { resolve } from 'node:path'

/**
 * Run after an installation: makes one file of each library that consists of many, for `quick-start.js`. It only
 * saves time, so where it cannot be done (the bundler is a development dependency) nothing else suffers.
 */
const LIBRARIES = ['kysely', 'kysely/migration', 'express', 'zod']
const root = resolve(import.meta.dirname, '..')
const folder = resolve(root, 'node_modules/.cache/packed')

try {
  await rm(folder, { recursive: true, force: true })
  await pack(`${folder}.new`)
  // All of them or none: with some only, a class could be there twice.
  await rename(`${folder}.new`, folder)
  console.log(`Packed for a quick start: ${LIBRARIES.join(', ')}`)
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  console.log(`Libraries are not packed, so a start takes a little longer: ${reason}`)
}

/** What several of them need goes into `parts`. */
async function pack(dir: string): Promise<void> {
  const { rolldown } = await import('rolldown')
  const input = Object.fromEntries(LIBRARIES.map(name => [name, name]))
  const bundle = await rolldown({ input, platform: 'node', cwd: root })
  await bundle.write({
    dir,
    cleanDir: true,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'parts/[name]-[hash].js',
    // Names are kept for whoever reads a stack trace.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  })
  await bundle.close()
}
