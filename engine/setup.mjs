/**
 * Provides TensorFlow for this machine: choose the variant, fetch the C library to the cache, compile the addon, copy it to its
 * place. Steps whose result exists are skipped; if all are, `setup` returns in milliseconds.
 */
import { join } from 'node:path'
import { placeAddon, planAddon, provideAddon, requireCompiler } from './addon/addon.mjs'
import { runOwnInstall } from './addon/own-install.mjs'
import { isComplete } from './cache.mjs'
import { readInstalled, writeNote } from './installed.mjs'
import { findGpus, hasGpuDriver } from './library/gpu.mjs'
import { hasLibrary, libraryFor, provideLibrary } from './library/library.mjs'
import { TENSORFLOW_VERSION } from './library/wheels.mjs'
import { cacheFolder, platformName, setupCommand } from './places.mjs'
import { SetupProblem } from './problems.mjs'
import { secondsSince, terminalLog } from './progress.mjs'

export { SetupProblem } from './problems.mjs'

/** @typedef {import('./library/wheels.mjs').Variant} Variant */

/** @type {typeof import('./setup.d.mts').setup} */
export async function setup({ gpu, force = false, log = terminalLog() } = {}) {
  const start = performance.now()
  const cache = cacheFolder()
  requireUsablePath(cache)
  const installed = readInstalled()
  const asked = gpu === undefined ? installed?.note?.asked === true : true
  if (!force) {
    const ready = readyEngine({ installed, gpu, cache })
    if (ready) return { ...ready, changed: false }
  }
  const variant = await chooseVariant({ gpu, kept: asked ? installed?.note?.variant : undefined, log })
  const result = await provide({ cache, variant, asked, force, log })
  log(`TensorFlow ${result.version} (${result.variant}, ${result.origin}) is ready after ${secondsSince(start)}`)
  return { ...result, changed: true }
}

/**
 * The addon names the library's folder for the loader, which separates folders by colons and replaces $ORIGIN and the like.
 * @param {string} cache
 */
function requireUsablePath(cache) {
  const mark = process.platform === 'win32' ? undefined : /[:$]/.exec(cache)?.[0]
  if (mark !== undefined) throw new SetupProblem('cache-path', { folder: cache, mark })
}

/**
 * Returns the engine that is in place, if it is complete and the wanted one.
 * @param {{ installed: ReturnType<typeof readInstalled>, gpu: boolean | undefined, cache: string }} options
 */
function readyEngine({ installed, gpu, cache }) {
  const note = installed?.note
  if (!note || !installed.untouched) return undefined
  const { origin, version, variant, library } = note
  if (gpu !== undefined && variant !== (gpu ? 'gpu' : 'cpu')) return undefined
  // A card added after an automatic choice changes the choice.
  if (gpu === undefined && !note.asked && note.gpuDriver !== hasGpuDriver()) return undefined
  if (gpu !== undefined && !note.asked) return undefined
  if (origin === 'own install') return { origin, version, variant, library }
  const wanted = libraryFor(variant)
  if (!wanted || library !== join(cache, wanted.name) || !hasLibrary(cache, wanted)) return undefined
  return planAddon({ cache, library: wanted }).id === note.planId ? { origin, version, variant, library } : undefined
}

/**
 * @param {{ gpu: boolean | undefined, kept: Variant | undefined, log: import('./progress.mjs').Log }} options
 * @returns {Promise<Variant>}
 */
async function chooseVariant({ gpu, kept, log }) {
  if (gpu === false) return 'cpu'
  const offered = libraryFor('gpu') !== undefined || process.platform !== 'linux'
  if (gpu === true) {
    if (!offered) throw new SetupProblem('no-gpu-build', { platform: platformName() })
    if ((await findGpus()).length === 0)
      log('nvidia-smi finds no graphics card here; TensorFlow will run on the processor until there is one')
    return 'gpu'
  }
  if (kept) return kept
  const cards = offered ? await findGpus() : []
  if (cards[0]) log(`found ${cards[0].name}: TensorFlow for NVIDIA is set up (${setupCommand('--no-gpu')} takes the smaller one)`)
  return cards.length > 0 ? 'gpu' : 'cpu'
}

/** @param {{ cache: string, variant: Variant, asked: boolean, force: boolean, log: import('./progress.mjs').Log }} options */
async function provide({ cache, variant, asked, force, log }) {
  const gpuDriver = hasGpuDriver()
  try {
    const library = fittingLibrary(variant)
    const { folder, plan } = await provideFromWheel({ cache, library, force, log })
    placeAddon(folder, plan.tfjs)
    const note = { origin: /** @type {const} */ ('wheel'), version: TENSORFLOW_VERSION, variant, library: plan.library }
    writeNote(plan.tfjs, { ...note, asked, gpuDriver, planId: plan.id })
    return note
  } catch (problem) {
    if (!(problem instanceof SetupProblem) || !['no-pip', 'unsupported-platform'].includes(problem.code)) throw problem
    const tfjs = await runOwnInstall({ variant, because: problem, log })
    const note = { origin: /** @type {const} */ ('own install'), version: '2.9.1', variant, library: undefined }
    writeNote(tfjs, { ...note, asked, gpuDriver, planId: '' })
    return note
  }
}

/** @param {Variant} variant */
function fittingLibrary(variant) {
  const library = libraryFor(variant)
  if (!library) throw new SetupProblem('unsupported-platform', { seen: platformName() })
  const glibc = glibcVersion()
  const [major = 0, minor = 0] = (glibc ?? '').split('.').map(Number)
  if (glibc === undefined) throw new SetupProblem('unsupported-platform', { seen: `${platformName()} without glibc` })
  if (major < 2 || (major === 2 && minor < 27))
    throw new SetupProblem('unsupported-platform', { seen: `${platformName()} with glibc ${glibc}` })
  return library
}

/** @returns {string | undefined} nothing where the system's C library is another one (musl) */
function glibcVersion() {
  const report = /** @type {any} */ (process.report)
  report.excludeNetwork = true
  return report.getReport().header.glibcVersionRuntime
}

/** @param {{ cache: string, library: import('./library/library.mjs').Library, force: boolean, log: import('./progress.mjs').Log }} options */
async function provideFromWheel({ cache, library, force, log }) {
  // The smallest requirements are checked first, so that a missing compiler is reported before a download.
  const early = planAddon({ cache, library })
  if (force || !isComplete(join(cache, early.name), early.id)) await requireCompiler(cache)
  await provideLibrary({ cache, library, force, log })
  // For graphics cards the plan lists the folders of the library, so it is recreated once they exist.
  const plan = planAddon({ cache, library })
  return { folder: await provideAddon({ cache, plan, force, log }), plan }
}
