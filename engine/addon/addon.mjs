/** tfjs-node's addon: compiled once against TensorFlow's C library, kept in the cache, copied into the package. */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openCache, provideFolder, removeLeftovers, temporaryFolder } from '../cache.mjs'
import { addonFolder, packageFolder, packageVersion, root } from '../places.mjs'
import { missingPackage, SetupProblem } from '../problems.mjs'
import { secondsSince } from '../progress.mjs'
import { endingCleanly, lastLines, runQuietly } from '../shell.mjs'
import { diskMustHaveRoom, findCompiler } from './compiler.mjs'
import { checkLoads } from './load-check.mjs'

export const addonName = 'tfjs_binding.node'
const quietName = 'quiet_stderr.node'

/**
 * The addon links the NVIDIA libraries itself: they are already loaded under their names when TensorFlow asks the loader for them, and
 * no LD_LIBRARY_PATH is needed. The driver's own libcuda is not linked, so the addon also loads on a machine without a card.
 */
const nvidiaLibraries = [
  ...['libcudart.so.12', 'libcublas.so.12', 'libcublasLt.so.12', 'libcudnn.so.9', 'libcufft.so.11', 'libcurand.so.10'],
  ...['libcusolver.so.11', 'libcusparse.so.12', 'libnccl.so.2', 'libcupti.so.12', 'libnvrtc.so.12', 'libnvJitLink.so.12'],
]

/**
 * @typedef {object} AddonPlan
 * @property {string} name its folder in the cache
 * @property {string} id identifies its sources
 * @property {string} tfjs the folder of tfjs-node-gpu
 * @property {string} headers the folder of the Node-API headers
 * @property {string} library the folder of TensorFlow's C library
 * @property {import('../library/wheels.mjs').Variant} variant
 */

/** @param {{ cache: string, library: import('../library/library.mjs').Library }} options @returns {AddonPlan} */
export function planAddon({ cache, library: { name, id, variant } }) {
  const tfjs = needPackage('@tensorflow/tfjs-node-gpu')
  const headers = join(needPackage('node-api-headers'), 'include')
  const library = join(cache, name)
  const hash = createHash('sha256').update([id, library, addonFlags(library, variant).join(' ')].join('\n'))
  for (const source of [...sourcesOf(tfjs, /\.(cc|h)$/), join(root, 'engine/addon/quiet-stderr.c')]) hash.update(readFileSync(source))
  return { name: `tfjs-node-${packageVersion(tfjs)}-${name}`, id: hash.digest('hex'), tfjs, headers, library, variant }
}

/** @param {string} name */
function needPackage(name) {
  const folder = packageFolder(name)
  if (folder === undefined) throw missingPackage(name)
  return folder
}

/** @param {string} tfjs @param {RegExp} kind */
const sourcesOf = (tfjs, kind) =>
  readdirSync(join(tfjs, 'binding'))
    .filter(file => kind.test(file))
    .sort()
    .map(file => join(tfjs, 'binding', file))

/** @param {string} library @param {import('../library/wheels.mjs').Variant} variant */
function addonFlags(library, variant) {
  const tensorflow = join(library, 'tensorflow')
  /** @param {string} folder */
  const search = folder => [`-L${folder}`, '-Xlinker', '-rpath', '-Xlinker', folder]
  const flags = [...search(tensorflow), '-l:libtensorflow_cc.so.2', '-l:libtensorflow_framework.so.2']
  if (variant === 'cpu') return flags
  const nvidia = join(library, 'nvidia')
  const folders = existsSync(nvidia) ? readdirSync(nvidia).sort() : []
  return [
    ...flags,
    ...folders.flatMap(folder => search(join(nvidia, folder, 'lib'))),
    '-Xlinker',
    '--no-as-needed',
    ...nvidiaLibraries.map(file => `-l:${file}`),
  ]
}

/**
 * Returns the cache folder with the compiled addon; one that no longer loads (another system, a newer library) is compiled again.
 * @param {{ cache: string, plan: AddonPlan, force: boolean, log: import('../progress.mjs').Log }} options
 */
export async function provideAddon({ cache, plan, force, log }) {
  let compiled = false
  /** @param {boolean} anew */
  const provide = anew =>
    provideFolder({
      cache,
      name: plan.name,
      id: plan.id,
      force: anew,
      log,
      fill: async folder => {
        compiled = true
        await compileAddon(plan, { folder, log })
      },
    })
  const folder = await provide(force)
  try {
    await checkLoads(join(folder, addonName))
    return folder
  } catch (problem) {
    if (compiled) throw problem
  }
  const again = await provide(true)
  await checkLoads(join(again, addonName))
  return again
}

/** @param {AddonPlan} plan @param {{ folder: string, log: import('../progress.mjs').Log }} options */
async function compileAddon({ tfjs, headers, library, variant }, { folder, log }) {
  const start = performance.now()
  const scratch = join(folder, 'scratch')
  mkdirSync(scratch)
  const compiler = await findCompiler(scratch)
  const show = log.moving ?? log
  show(`compiling tfjs-node's addon with ${compiler.join(' ')} …`)
  const common = ['-O2', '-fPIC', '-shared', '-w', '-DNAPI_VERSION=8', `-I${headers}`]
  const include = [`-I${join(tfjs, 'binding')}`, `-I${tfjs}`, `-I${join(library, 'tensorflow/include')}`]
  const flags = addonFlags(library, variant)
  await compile(
    compiler,
    ['-std=c++17', ...common, ...include, ...sourcesOf(tfjs, /\.cc$/), '-o', join(folder, addonName), ...flags],
    folder,
  )
  await compile(compiler, ['-x', 'c', ...common, join(root, 'engine/addon/quiet-stderr.c'), '-o', join(folder, quietName)], folder)
  rmSync(scratch, { recursive: true, force: true })
  log(`tfjs-node's addon compiled with ${compiler.join(' ')} in ${secondsSince(start)}`)
}

/** @param {readonly string[]} compiler @param {readonly string[]} args @param {string} folder where the result goes */
async function compile([command, ...first], args, folder) {
  const outcome = await runQuietly(/** @type {string} */ (command), [...first, ...args])
  if (outcome.ok) return
  diskMustHaveRoom(outcome.output, folder)
  throw new SetupProblem('compile-failed', { output: lastLines(outcome.output, 8) })
}

/** Checks that there is a compiler before anything large is downloaded. @param {string} cache */
export async function requireCompiler(cache) {
  openCache(cache)
  removeLeftovers(join(cache, 'tmp'), 'compiler')
  const folder = temporaryFolder(join(cache, 'tmp'), 'compiler')
  await endingCleanly(
    () => rmSync(folder, { recursive: true, force: true }),
    async () => {
      mkdirSync(folder, { recursive: true })
      await findCompiler(folder)
    },
  )
}

/** Copies the addon into the package, each file by one rename. @param {string} from @param {string} tfjs */
export function placeAddon(from, tfjs) {
  const target = addonFolder(tfjs)
  try {
    mkdirSync(target, { recursive: true })
    for (const name of [quietName, addonName]) {
      const temporary = join(target, `${name}.${process.pid}`)
      copyFileSync(join(from, name), temporary)
      renameSync(temporary, join(target, name))
    }
  } catch (error) {
    throw new SetupProblem('package-not-writable', {
      folder: target,
      error: /** @type {NodeJS.ErrnoException} */ (error).code ?? String(error),
    })
  }
}

/** Writes a small file atomically. @param {string} path @param {string} text */
export function writeWhole(path, text) {
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
}
