/** The one place that loads TensorFlow. Everything else imports only its types, so that describing and checking stay light. */
import { existsSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { constants } from 'node:os'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'
import { fail } from '../errors/index.js'
import { fixEngineSettings } from './engine-settings.js'
import { protectConvolutions } from './safe-convolutions.js'

/** The whole namespace of TensorFlow.js with the native backend. */
export type Tensorflow = typeof import('@tensorflow/tfjs-node-gpu')

const require = createRequire(import.meta.url)
let loading: Promise<Tensorflow> | undefined

/**
 * TensorFlow.js with its native backend, loaded on the first call (about half a second) and the same object on every later call. Sets
 * `TF_CPP_MIN_LOG_LEVEL` to 2 (errors only) unless the environment says otherwise.
 *
 * @example
 * const tf = await loadTensorflow()
 * tf.tensor([1, 2, 3]).square().print()
 *
 * @throws MillraceError `engine-missing` if TensorFlow has not been set up, `engine-broken` if it does not load.
 */
export function loadTensorflow(): Promise<Tensorflow> {
  loading ??= Promise.resolve().then(load)
  // A failure is not cached: TensorFlow may be set up in between.
  loading.catch(() => {
    loading = undefined
  })
  return loading
}

/** TensorFlow.js, loaded now if it has not been. Errors as `loadTensorflow`. */
export function loadedTensorflow(): Tensorflow {
  return load()
}

let loadedPath: string | undefined

/** The file that `require` would load; empty if the package is missing. */
function packagePath(): string {
  try {
    return require.resolve('@tensorflow/tfjs-node-gpu')
  } catch {
    return ''
  }
}

/** The number of live tensors; null if TensorFlow.js has not been loaded yet, by this file or otherwise. */
export function countTensors(): number | null {
  loadedPath ??= packagePath()
  const loaded = require.cache[loadedPath]?.exports as Tensorflow | undefined
  return loaded?.memory?.().numTensors ?? null
}

let ownClasses: ReadonlySet<unknown> | undefined

/** True if a layer is of a class of TensorFlow.js itself, none that a program has defined. */
export function isOfTfjs(layer: object): boolean {
  return ownClasses?.has(layer.constructor) ?? false
}

function load(): Tensorflow {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  restoreUtil()
  const folder = addonFolder()
  try {
    loadQuietly(folder)
    const tf: Tensorflow = require('@tensorflow/tfjs-node-gpu')
    ownClasses ??= new Set(Object.values(tf.serialization.SerializationMap.getMap().classNameMap).map(([own]) => own))
    fixEngineSettings()
    protectConvolutions(tf, tf.findBackend('tensorflow'))
    return tf
  } catch (error) {
    return fail('engine-broken', { reason: firstLine(error) }, undefined, error)
  }
}

/**
 * tfjs-node calls two functions of `node:util` that Node.js 22 warns about and 23 has removed. Its CommonJS modules see what is set
 * there before they are loaded.
 */
function restoreUtil(): void {
  const util = require('node:util') as Record<string, unknown>
  util.isNullOrUndefined = (value: unknown) => value === null || value === undefined
  util.isArray = Array.isArray
}

/** Where the package that `require` would load keeps its addon. */
function addonFolder(): string {
  const paths = require.resolve.paths('@tensorflow/tfjs-node-gpu') ?? []
  const packages = paths.map(path => join(path, '@tensorflow/tfjs-node-gpu'))
  const folder = join(packages.find(path => existsSync(join(path, 'package.json'))) ?? '', 'lib/napi-v8')
  return existsSync(join(folder, 'tfjs_binding.node')) ? folder : fail('engine-missing', {})
}

/** The flag RTLD_NODELETE of dlopen. */
const noDelete = process.platform === 'darwin' ? 0x80 : 0x1000

/**
 * Opens the addon; in a thread so that it stays: Node.js unloads what a thread has loaded when the thread ends, and TensorFlow's own
 * threads, which do not end, would run code that is gone.
 */
function openAddon(path: string): void {
  if (isMainThread || process.platform === 'win32' || require.cache[path]) return void require(path)
  const addon = new Module(path)
  addon.filename = path
  process.dlopen(addon, path, constants.dlopen.RTLD_LAZY | noDelete)
  addon.loaded = true
  require.cache[path] = addon
}

/** The two lines that TensorFlow writes while it is loaded, whatever its log level. */
const knownNoise = /^WARNING: All log messages before absl::InitializeLog\(\)|^I\d{4} .*(port\.cc|cpu_feature_guard\.cc)/

/**
 * Loads the addon with stderr held back by the small addon beside it, if set-up has put one there; what is not a known notice is printed
 * afterwards. The work is synchronous, so no other JavaScript of this thread can write meanwhile. The small addon also sets the log level
 * where TensorFlow reads it, which the `process.env` of a worker thread does not reach.
 */
function loadQuietly(folder: string): void {
  const path = join(folder, 'quiet_stderr.node')
  const addon = join(folder, 'tfjs_binding.node')
  if (!existsSync(path)) return openAddon(addon)
  const quiet = require(path) as { begin(): boolean; end(): string; setDefault?(name: string, value: string): void }
  const level = process.env.TF_CPP_MIN_LOG_LEVEL!
  quiet.setDefault?.('TF_CPP_MIN_LOG_LEVEL', level)
  if (level === '0' || !quiet.begin()) return openAddon(addon)
  let held = ''
  try {
    openAddon(addon)
  } finally {
    held = quiet.end()
    const rest = held.split('\n').filter(line => line !== '' && !knownNoise.test(line))
    if (rest.length > 0) process.stderr.write(`${rest.join('\n')}\n`)
  }
}

const firstLine = (error: unknown) => String(error instanceof Error ? error.message : error).split('\n')[0]!
