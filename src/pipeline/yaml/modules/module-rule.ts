/** Which modules a file may load: those at or below its folder, and those that its user allows by name. */
import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DetailsOf } from '../../../errors/index.js'

/** A module that may be loaded, or why it may not. */
export type Ruling =
  | { readonly url: string; readonly place: string }
  | { readonly refused: DetailsOf<'module-not-allowed'> }
  | { readonly missing: DetailsOf<'module-missing'> }

/**
 * Finds the module that a file in `folder` names. Links are followed: what counts is where the module is. Nothing of it is read.
 *
 * @param allowed what `--allow-module` names: paths, or exactly what the file says
 */
export function findModule(module: string, folder: string, allowed: readonly string[]): Ruling {
  const isScheme = /^[a-z][a-z0-9+.-]+:/i.test(module)
  if (isScheme && allowed.includes(module)) return { url: module, place: module }
  const refuse = (seen: string): Ruling => ({ refused: { module: shorten(module), seen, folder } })
  if (isScheme) return refuse(`a URL, ${module.slice(0, module.indexOf(':') + 1)}`)
  if (module.trim() === '' || module.includes('\0')) return refuse('not a path')
  const path = resolve(folder, module)
  const place = realPath(path)
  const isAllowed = allowed.some(one => place !== undefined && realPath(resolve(one)) === place)
  if (!isAllowed) {
    if (isAbsolute(module) || /^[\\/]|^[a-z]:/i.test(module)) return refuse('an absolute path')
    if (module.split(/[\\/]/).includes('..')) return refuse('a path with ..')
    if (place !== undefined && !isBelow(realPath(folder) ?? folder, place)) return refuse(`a link to ${place}`)
  }
  if (place === undefined) return { missing: { module, path, reason: 'there is no such file' } }
  if (!statSync(place).isFile()) return { missing: { module, path, reason: 'it is not a file' } }
  return { url: pathToFileURL(place).href, place }
}

function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text)
