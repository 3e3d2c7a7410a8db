/** Making folders, whatever file system they are on. */
import * as nodeFs from 'node:fs'
import { dirname } from 'node:path'

/** The parts of node:fs that are needed. */
export interface FolderMaker {
  existsSync(path: string): boolean
  mkdirSync(path: string): unknown
}

/**
 * Makes a folder and those above it, where they are missing. `mkdirSync` with `recursive` would do, but for file systems that take no
 * folders and say there is no such file (/proc): there it tries for ever.
 *
 * @throws what node:fs throws
 */
export function makeFolder(path: string, fs: FolderMaker = nodeFs): void {
  if (fs.existsSync(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path), fs)
  try {
    fs.mkdirSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
