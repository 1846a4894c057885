import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** One file of the project: `path` from the root with `/`, `text` as it is, `code` without its comments. */
export type ProjectFile = { path: string; text: string; code: string }

/** Every file below a folder of the project whose name ends in one of the endings; none when there is no folder. */
export function projectFiles(folder: string, ...endings: string[]): ProjectFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && endings.some(ending => entry.name.endsWith(ending)))
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ path: relative(ROOT, path), text: readFileSync(path, 'utf8') }))
    .map(file => ({ ...file, code: withoutComments(file.text) }))
}

/** What a file imports, statically, dynamically or for its types: the path from the root, or a package's name. */
export function importsOf({ path, code }: ProjectFile): { target: string; isTypeOnly: boolean }[] {
  const statements = code.matchAll(
    /\b(?:import|export)\s*(type\s)?(?:[\w*\s{},$]*?\bfrom\s*|\(\s*)?['"]([^'"]+)['"]/g,
  )
  return [...statements].map(([, type, name]) => ({
    target: name!.startsWith('.') ? join(path, '..', name!) : name!,
    isTypeOnly: type !== undefined,
  }))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<=^|\s)\/\/ .*$/gm, '')
}
