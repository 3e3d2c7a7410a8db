/** Reports what this machine has and lacks: a table whose rows say what to do, if anything. */
import { cacheRow } from './doctor/cache.mjs'
import { dataRow } from './doctor/data.mjs'
import { engineRows } from './doctor/engine.mjs'
import { packageRows } from './doctor/packages.mjs'
import { gpuRow, memoryRow, nodeRow, processorRow } from './doctor/system.mjs'

/** @type {typeof import('./doctor.d.mts').diagnose} */
export async function diagnose() {
  const [engine, gpu] = await Promise.all([engineRows(), gpuRow()])
  return [nodeRow(), ...packageRows(), ...engine, processorRow(), memoryRow(), gpu, cacheRow(), dataRow()]
}

const marks = { ok: 'ok', warn: 'note', fail: 'FAIL' }

/** @type {typeof import('./doctor.d.mts').formatTable} */
export function formatTable(rows) {
  const width = Math.max(0, ...rows.map(({ name }) => name.length))
  return rows
    .flatMap(({ name, value, status, fix }) => {
      const [first = '', ...rest] = value.split('\n')
      const indent = ' '.repeat(width + 8)
      return [
        `${marks[status].padEnd(5)} ${name.padEnd(width)}  ${first}`,
        ...rest.map(line => indent + line),
        ...(fix ? [`${indent}do: ${fix}`] : []),
      ]
    })
    .join('\n')
}
