import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'

/**
 * Expects a text to equal the file of that name in test/report/fixtures/output, which a person can open and review. With
 * `MILLRACE_UPDATE_OUTPUT=1` the files are written instead.
 */
export function expectOutput(name: string, text: string): void {
  const folder = new URL('../fixtures/output/', import.meta.url)
  const file = new URL(name, folder)
  if (process.env.MILLRACE_UPDATE_OUTPUT) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, text)
    return
  }
  expect(existsSync(file), `test/report/fixtures/output/${name} exists; MILLRACE_UPDATE_OUTPUT=1 writes it`).to.equal(true)
  expect(
    text === readFileSync(file, 'utf8'),
    `test/report/fixtures/output/${name} is still right; MILLRACE_UPDATE_OUTPUT=1 rewrites it for review`,
  ).to.equal(true)
}
