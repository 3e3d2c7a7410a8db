/** Functions that are exported by a module, so that every thread can load them. */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, MillraceError } from '../errors/index.js'
import type { ItemFunction, ParallelOptions } from './item-work.js'

/** The module and name of a function. */
export interface FunctionReference {
  /** The module's URL. */
  readonly module: string
  readonly name: string
}

/** Returns the module and name that options set; undefined without a module. A path is relative to the working directory. */
export function functionReference({ module, export: name = 'default' }: ParallelOptions): FunctionReference | undefined {
  if (module === undefined) return undefined
  const text = String(module)
  // A scheme has at least two letters: C: is a drive.
  return { module: /^[a-z][a-z+.-]+:/i.test(text) ? text : pathToFileURL(resolve(text)).href, name }
}

/**
 * Loads a function. An item action stands for the function it applies to each item.
 *
 * @throws MillraceError `module-not-loaded`, `module-export`
 */
export async function loadFunction({ module, name }: FunctionReference): Promise<ItemFunction> {
  const exports = await importModule(module)
  return (
    functionOf(exports[name]) ??
    fail('module-export', { module, name, allowed: Object.keys(exports).filter(key => functionOf(exports[key])) })
  )
}

async function importModule(module: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return await import(module)
  } catch (error) {
    throw new MillraceError('module-not-loaded', { module, message: error instanceof Error ? error.message : String(error) }, {}, error)
  }
}

function functionOf(thing: unknown): ItemFunction | undefined {
  const fn = typeof thing === 'object' ? (thing as { item?: unknown } | null)?.item : thing
  return typeof fn === 'function' ? (fn as ItemFunction) : undefined
}
