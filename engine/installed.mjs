/** What is installed: the addon in the package and the note beside it that records its origin. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addonName, writeWhole } from './addon/addon.mjs'
import { addonFolder, packageFolder, readJson } from './places.mjs'
import { SetupProblem } from './problems.mjs'

const noteName = 'millrace.json'

/**
 * @typedef {object} Note
 * @property {'wheel' | 'own install'} origin
 * @property {string} version of TensorFlow
 * @property {import('./library/wheels.mjs').Variant} variant
 * @property {boolean} asked whether the user chose the variant; a choice stays until another one is made
 * @property {boolean} gpuDriver whether a graphics card's driver was there at the time
 * @property {string} planId identifies the sources of the addon
 * @property {string} [library] the folder of TensorFlow's C library
 * @property {string} sha256 of the addon
 */

/** @returns {{ note?: Note, present: boolean, untouched: boolean, path: string } | undefined} undefined if the package is not installed */
export function readInstalled() {
  const tfjs = packageFolder('@tensorflow/tfjs-node-gpu')
  if (tfjs === undefined) return undefined
  const path = join(addonFolder(tfjs), addonName)
  const note = readJson(join(addonFolder(tfjs), noteName))
  const present = existsSync(path)
  return { note, present, untouched: present && note?.sha256 === sha256(path), path }
}

/** @param {string} tfjs @param {Omit<Note, 'sha256'>} note */
export function writeNote(tfjs, note) {
  const folder = addonFolder(tfjs)
  try {
    writeWhole(join(folder, noteName), JSON.stringify({ ...note, sha256: sha256(join(folder, addonName)) }, null, 2))
  } catch (error) {
    throw new SetupProblem('package-not-writable', { folder, error: /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error) })
  }
}

/** @param {string} path */
const sha256 = path => createHash('sha256').update(readFileSync(path)).digest('hex')
