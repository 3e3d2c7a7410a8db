/** `modules.json` of a run: what its config.yaml may load, whose names of modules start from another folder than its own. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { isPlainObject } from '../../../util/json.js'
import type { LoadedModule, ModulesScope } from './check-modules.js'

/** The name of the file, beside config.yaml. */
export const SAVED_MODULES = 'modules.json'

/** What a run writes for its config.yaml; undefined if it loads no modules. */
export function toSavedModules({
  folder,
  loaded,
}: {
  readonly folder: string
  readonly loaded: readonly LoadedModule[]
}): ModulesScope | undefined {
  return loaded.length === 0 ? undefined : { folder, allowed: [...new Set(loaded.map(({ place }) => place))] }
}

/**
 * Where the names of modules in a file start, and what it may load besides. For the config.yaml of a run it is what the run could load. (Whoever can
 * write the one file into a run's folder can write a module there, too.)
 */
export function modulesScope(file: string, allowed: readonly string[]): ModulesScope {
  const folder = dirname(resolve(file))
  const saved = basename(file) === 'config.yaml' ? readSaved(join(folder, SAVED_MODULES)) : undefined
  return saved ? { folder: saved.folder, allowed: [...saved.allowed, ...allowed] } : { folder, allowed }
}

function readSaved(path: string): ModulesScope | undefined {
  if (!existsSync(path)) return undefined
  try {
    const saved: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const isScope = isPlainObject(saved) && typeof saved.folder === 'string' && Array.isArray(saved.allowed)
    return isScope && (saved.allowed as readonly unknown[]).every(one => typeof one === 'string')
      ? (saved as unknown as ModulesScope)
      : undefined
  } catch {
    return undefined
  }
}
