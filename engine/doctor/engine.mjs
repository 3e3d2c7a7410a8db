/** Rows on TensorFlow: where it came from, and whether it really runs. */
import { join } from 'node:path'
import { readInstalled } from '../installed.mjs'
import { root } from '../places.mjs'
import { lastLines, runQuietly } from '../shell.mjs'

const again = 'npx millrace setup'

/** @returns {Promise<import('../doctor.d.mts').DoctorRow[]>} */
export async function engineRows() {
  const installed = readInstalled()
  if (!installed?.present) return [{ name: 'TensorFlow', value: 'not set up', status: 'fail', fix: again }]
  const { note, untouched } = installed
  const known = note && untouched
  const smoke = await runSmoke()
  return [
    {
      name: 'TensorFlow',
      value: known ? `${note.version} (${note.variant}), from ${originText(note)}` : 'an addon that Millrace did not set up',
      status: known ? 'ok' : 'warn',
      fix: known ? undefined : `${again}   puts Millrace's own in its place`,
    },
    smoke.ok
      ? {
          name: 'addon',
          value: `loads in ${smoke.loadMs} ms and trains, on the ${smoke.gpu ? 'graphics card' : 'processor'}`,
          status: 'ok',
        }
      : { name: 'addon', value: `does not work: ${smoke.output}`, status: 'fail', fix: `${again} --force` },
  ]
}

/** @param {import('../installed.mjs').Note} note */
const originText = ({ origin, library }) => (origin === 'wheel' ? `the wheel, in ${library}` : "tfjs-node's own install")

/** @returns {Promise<{ ok: true, loadMs: number, gpu: boolean } | { ok: false, output: string }>} */
async function runSmoke() {
  const { ok, stdout, output, signal } = await runQuietly(process.execPath, [join(root, 'engine/smoke.mjs')])
  if (!ok) return { ok: false, output: signal ? `ended by ${signal}` : (/Error: .*/.exec(output)?.[0] ?? lastLines(output, 2)) }
  return { ok: true, ...JSON.parse(stdout) }
}
