import { enableCompileCache } from 'node:module'
import { resolve } from 'node:path'

/**
 * What was compiled once is found by the next start, which takes half the time and 25 MB less memory. The only file
 * that is not TypeScript: before the cache is open, node would have to read its TypeScript compiler for it.
 */
enableCompileCache(resolve(import.meta.dirname, '../node_modules/.cache/compiled'))
