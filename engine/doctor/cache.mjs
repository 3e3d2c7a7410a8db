/** The row on the cache folder. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { freeBytes } from '../cache.mjs'
import { cacheFolder } from '../places.mjs'
import { folderBytes, formatBytes } from '../progress.mjs'

/** @returns {import('../doctor.d.mts').DoctorRow} */
export function cacheRow(folder = cacheFolder()) {
  const name = 'cache'
  const there = existsSync(folder)
  const value = `${folder}, ${there ? formatBytes(folderBytes(folder)) : 'not there yet'}, ${formatBytes(freeBytes(folder))} free on its disk`
  if (canBeWritten(folder)) return { name, value, status: 'ok' }
  // A complete one still serves.
  const fix = 'MILLRACE_CACHE=/another/folder in the environment'
  return { name, value: `${folder} cannot be written`, status: there && statSync(folder).isDirectory() ? 'warn' : 'fail', fix }
}

/** Returns true if files can be created in a folder, or in its nearest existing parent. @param {string} folder @returns {boolean} */
function canBeWritten(folder) {
  if (!existsSync(folder)) return canBeWritten(dirname(folder))
  try {
    accessSync(folder, constants.W_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}
