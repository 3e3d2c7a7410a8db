/** Rows about TensorFlow: its origin, and whether it runs. */
import { dirname, join } from 'node:path'
import { readInstalled } from '../installed.mjs'
import { hasLibrary, libraryFor } from '../library/library.mjs'
import { cacheFolder, root, setupCommand } from '../places.mjs'
import { lastLines, runQuietly } from '../shell.mjs'

/** @returns {Promise<import('../doctor.d.mts').DoctorRow[]>} */
export async function engineRows() {
  const installed = readInstalled()
  if (!installed?.present) return [{ name: 'TensorFlow', value: 'not set up', status: 'fail', fix: setupCommand() }]
  const row = originRow(installed.untouched ? installed.note : undefined)
  const smoke = await runSmoke()
  if (smoke.ok) {
    const value = `loads in ${smoke.loadMs} ms and trains, on the ${smoke.gpu ? 'graphics card' : 'processor'}`
    return [row, { name: 'addon', value, status: 'ok' }]
  }
  // If the library is gone, a plain set-up restores it.
  const fix = setupCommand(row.status === 'fail' ? undefined : '--force')
  return [row, { name: 'addon', value: `does not work: ${smoke.output}`, status: 'fail', fix }]
}

/**
 * The origin of TensorFlow, and whether it still exists.
 * @param {import('../installed.mjs').Note | undefined} note
 * @returns {import('../doctor.d.mts').DoctorRow}
 */
export function originRow(note, cache = cacheFolder()) {
  const name = 'TensorFlow'
  if (!note) {
    const fix = `${setupCommand()}   puts Millrace's own in its place`
    return { name, value: 'an addon that Millrace did not set up', status: 'warn', fix }
  }
  const { version, variant, library } = note
  const value = `${version} (${variant}), from ${library === undefined ? "tfjs-node's own install" : `the wheel, in ${library}`}`
  if (library === undefined) return { name, value, status: 'ok' }
  const wanted = libraryFor(variant)
  if (wanted && !hasLibrary(dirname(library), wanted)) {
    return { name, value: `${value}, which is gone or incomplete`, status: 'fail', fix: setupCommand() }
  }
  if (dirname(library) === cache) return { name, value, status: 'ok' }
  const fix = `MILLRACE_CACHE=${dirname(library)} keeps it; otherwise the next set-up puts one into the cache below`
  return { name, value, status: 'warn', fix }
}

/** @returns {Promise<{ ok: true, loadMs: number, gpu: boolean } | { ok: false, output: string }>} */
async function runSmoke() {
  const { ok, stdout, output, signal } = await runQuietly(process.execPath, [join(root, 'engine/addon/smoke.mjs')])
  if (!ok) return { ok: false, output: signal ? `ended by ${signal}` : (/Error: .*/.exec(output)?.[0] ?? lastLines(output, 2)) }
  return { ok: true, ...JSON.parse(stdout) }
}
