/** Locations: the package, its dependencies, the user's cache. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of Millrace itself. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The user's cache folder for everything that is large and may be shared between clones. */
export function cacheFolder(env = process.env) {
  if (env.MILLRACE_CACHE) return resolve(env.MILLRACE_CACHE)
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'millrace')
}

/**
 * The folder of an installed package as seen from `from`, or undefined. It is looked for by hand because some packages do not
 * export their package.json.
 * @param {string} name
 * @param {string} [from]
 */
export function packageFolder(name, from = root) {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  return paths.map(path => join(path, name)).find(folder => existsSync(join(folder, 'package.json')))
}

/** @param {string} folder @returns {string} */
export const packageVersion = folder => readJson(join(folder, 'package.json'))?.version ?? 'unknown'

/** Reads a JSON file; undefined if it is missing or invalid. @param {string} path @returns {any} */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Returns the command for a set-up. In a clone npx finds no `millrace` before the first build, but npm always finds the script.
 * @param {string} [flag]
 */
export function setupCommand(flag) {
  if (existsSync(join(root, 'src'))) return flag ? `npm run setup -- ${flag}` : 'npm run setup'
  return flag ? `npx millrace setup ${flag}` : 'npx millrace setup'
}

/** `linux-x64`, `darwin-arm64`, … */
export const platformName = () => `${process.platform}-${process.arch}`

/** Where tfjs-node looks for its addon. @param {string} tfjsFolder */
export const addonFolder = tfjsFolder => join(tfjsFolder, 'lib', 'napi-v8')
