/** Modules that actions name. */
import { fail } from '../../../errors/index.js'
import type { FileModules } from '../contracts.js'

/** The module that an action loads: of a file, one of those that it writes out; in TypeScript, the one that is named. */
export function moduleIn(modules: FileModules | undefined, module: string | URL): string | URL {
  if (modules === undefined || module instanceof URL) return module
  return modules.get(module) ?? fail('module-not-named', { module, allowed: [...modules.keys()] })
}
