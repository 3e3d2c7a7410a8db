/** Rows on the npm packages. */
import { join } from 'node:path'
import { dependenciesAreCurrent } from '../clone/dependencies.mjs'
import { packageFolder, packageVersion, readJson, root } from '../places.mjs'

/** @returns {import('../doctor.d.mts').DoctorRow[]} */
export function packageRows() {
  const manifest = readJson(join(root, 'package.json'))
  const versions = Object.keys(manifest?.dependencies ?? {}).map(name => {
    const folder = packageFolder(name)
    return { name, version: folder && packageVersion(folder) }
  })
  const missing = versions.filter(({ version }) => version === undefined).map(({ name }) => name)
  const current = dependenciesAreCurrent()
  const shown = ['@tensorflow/tfjs-node-gpu', 'rxjs', 'immer', 'yaml', 'ajv']
  const value = versions
    .filter(({ name, version }) => version !== undefined && shown.includes(name))
    .map(({ name, version }) => `${name.replace('@tensorflow/', '')} ${version}`)
    .join(', ')
  return [
    { name: 'millrace', value: `${manifest?.version ?? 'unknown'} in ${root}`, status: 'ok' },
    {
      name: 'packages',
      value: missing.length > 0 ? `missing: ${missing.join(', ')}` : `${value}${current ? '' : '; others differ from package-lock.json'}`,
      status: missing.length > 0 ? 'fail' : current ? 'ok' : 'warn',
      fix: missing.length > 0 || !current ? 'npm install --ignore-scripts' : undefined,
    },
  ]
}
