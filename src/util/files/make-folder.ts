/** Creates folders on any file system. */
import * as nodeFs from 'node:fs'
import { dirname } from 'node:path'

/** The parts of node:fs that are needed. */
export interface FolderMaker {
  existsSync(path: string): boolean
  mkdirSync(path: string): unknown
}

/**
 * Creates a folder and missing parents. `mkdirSync` with `recursive` would loop forever on file systems that accept no
 * folders and report that there is no such file (/proc).
 *
 * @throws errors of node:fs
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
