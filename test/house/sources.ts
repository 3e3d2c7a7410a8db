/** The project's own sources, for the rules of the house. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files below a folder, as paths from the root. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && pattern.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .filter(file => !file.includes('node_modules'))
    .sort()
}

export const read = (file: string) => readFileSync(join(root, file), 'utf8')

export interface Import {
  readonly file: string
  /** A path from the root for our own files, a package's name otherwise. */
  readonly target: string
  readonly own: boolean
  /** Erased when compiled. */
  readonly typeOnly: boolean
}

/** Every import and re-export of a file, dynamic ones too. */
export function importsOf(file: string): Import[] {
  const text = read(file)
    .replace(/\/\*[\s\S]*?\*\/|(?:typeof|=) import\([^)]*\)/g, '')
    .replace(/^\s*\/\/.*$/gm, '')
  const statements = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[\w*{}\s,$]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  )
  return [...statements].map(([, , type, statically, dynamically]) => {
    const from = (statically ?? dynamically)!
    const own = from.startsWith('.')
    return { file, own, typeOnly: type !== undefined, target: own ? join(dirname(file), from).replace(/\.js$/, '.ts') : from }
  })
}
