/** The row on the cache folder. */
import { accessSync, constants, existsSync } from 'node:fs'
import { freeBytes } from '../cache.mjs'
import { cacheFolder } from '../places.mjs'
import { folderBytes, formatBytes } from '../progress.mjs'

/** @returns {import('../doctor.d.mts').DoctorRow} */
export function cacheRow(folder = cacheFolder()) {
  const name = 'cache'
  const free = `${formatBytes(freeBytes(folder))} free on its disk`
  if (!existsSync(folder)) return { name, value: `${folder}, not there yet, ${free}`, status: 'ok' }
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    return { name, value: `${folder} cannot be written`, status: 'warn', fix: 'MILLRACE_CACHE=/another/folder in the environment' }
  }
  return { name, value: `${folder}, ${formatBytes(folderBytes(folder))}, ${free}`, status: 'ok' }
}
