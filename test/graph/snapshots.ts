/** Texts that are compared with files under `snapshots/`; `UPDATE_SNAPSHOTS=1` writes them anew. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'

const folder = new URL('./snapshots/', import.meta.url)

/** That a text is what the file of this name holds. */
export function expectSnapshot(name: string, text: string): void {
  const file = fileURLToPath(new URL(`${name}.txt`, folder))
  if (process.env.UPDATE_SNAPSHOTS === '1') {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file), `a snapshot called ${name}`).to.equal(true)
  expect(text).to.equal(readFileSync(file, 'utf8'))
}
