/** Rows on Node.js, the processor, memory and graphics cards. */
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, freemem, totalmem } from 'node:os'
import { readInstalled } from '../installed.mjs'
import { findGpus } from '../library/gpu.mjs'
import { platformName, setupCommand } from '../places.mjs'
import { formatBytes } from '../progress.mjs'

/** @typedef {import('../doctor.d.mts').DoctorRow} Row */

/** @returns {Row} */
export function nodeRow(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const old = major < 20 || (major === 20 && minor < 19)
  return {
    name: 'Node.js',
    value: `${version} on ${platformName()}`,
    status: old ? 'fail' : 'ok',
    fix: old ? 'install Node.js 20.19 or newer' : undefined,
  }
}

/** The instruction sets that decide how fast TensorFlow's kernels are, as Linux names them. */
const instructionSets = ['avx', 'avx2', 'fma', 'avx512f', 'avx512_bf16', 'amx_tile', 'asimd', 'sve']

/** @returns {Row} */
export function processorRow(info = readText('/proc/cpuinfo')) {
  const flags = new Set(/^(?:flags|Features)\s*:\s*(.*)$/m.exec(info)?.[1]?.split(' ') ?? [])
  const known = instructionSets.filter(name => flags.has(name))
  const model = cpus()[0]?.model ?? 'unknown'
  const cores = `${availableParallelism()} cores`
  const lacking = flags.size > 0 && process.arch === 'x64' && !flags.has('avx')
  return {
    name: 'processor',
    value: `${model}, ${cores}${known.length > 0 ? `, ${known.join(' ')}` : ''}`,
    status: lacking ? 'fail' : 'ok',
    fix: lacking ? 'TensorFlow needs a processor with AVX' : undefined,
  }
}

/** @returns {Row} */
export function memoryRow(total = totalmem(), free = freemem()) {
  const small = total < 4e9
  return {
    name: 'memory',
    value: `${formatBytes(total)}, ${formatBytes(free)} free`,
    status: small ? 'warn' : 'ok',
    fix: small ? 'the flagship needs about 3 GB; use a smaller batch: --set run.batchSize=100' : undefined,
  }
}

/** @returns {Promise<Row>} */
export async function gpuRow() {
  const cards = await findGpus()
  if (cards.length === 0) return { name: 'graphics card', value: 'no NVIDIA card found; TensorFlow runs on the processor', status: 'ok' }
  const unused = readInstalled()?.note?.variant === 'cpu'
  return {
    name: 'graphics card',
    value: cards.map(({ name, memoryMb, driver }) => `${name}, ${formatBytes(memoryMb * 1048576)}, driver ${driver}`).join('\n'),
    status: unused ? 'warn' : 'ok',
    fix: unused ? `${setupCommand('--gpu')}   to train on it` : undefined,
  }
}

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
