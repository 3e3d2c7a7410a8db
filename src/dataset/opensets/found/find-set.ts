/** Where the files of a set are: one rule for all sets. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fail } from '../../../errors/index.js'
import type { KnownSet } from './known-sets.js'

/**
 * Returns the folder of a set in the cache, whether it exists or not: below `MILLRACE_DATA`, by default `data` in Millrace's cache.
 *
 * @example
 * cachedFolder('cifar10', knownSets.cifar10)  // '/home/me/.cache/millrace/data/cifar10/1'
 */
export function cachedFolder(name: string, { version }: KnownSet, env: NodeJS.ProcessEnv = process.env): string {
  const cache = env.MILLRACE_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'millrace')
  return join(resolve(env.MILLRACE_DATA || join(cache, 'data')), name, version)
}

/**
 * Returns the folder that has all files of a set: the cache, or else a place of the system; undefined without any.
 *
 * @example
 * if (whereSet('cifar10', knownSets.cifar10) === undefined) console.log('not here')
 */
export function whereSet(name: string, set: KnownSet, env?: NodeJS.ProcessEnv): string | undefined {
  return [cachedFolder(name, set, env), ...set.places].find(folder => set.files.every(file => existsSync(join(folder, file.name))))
}

/**
 * Returns the folder with the files of a set: `folder`, if there is one, and no other; else the cache, else a place of the system. It downloads
 * nothing.
 *
 * @throws MillraceError `data-not-here`
 */
export function findSet(name: string, set: KnownSet, folder: string | undefined, env?: NodeJS.ProcessEnv): string {
  if (folder !== undefined) return resolve(folder)
  return whereSet(name, set, env) ?? fail('data-not-here', { name, cache: cachedFolder(name, set, env), places: set.places })
}
