/** Texts that are compared with committed files. `MILLRACE_UPDATE=1` writes the files anew; review the difference before committing it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'chai'

/** True if the committed files are to be written anew. */
export const updating = process.env.MILLRACE_UPDATE === '1'

/** Expects a text to equal a committed file, given by its path in `test/`. */
export function expectSnapshot(path: string, text: string): void {
  const file = new URL(`../${path}`, import.meta.url)
  if (updating) {
    mkdirSync(new URL('.', file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file), `test/${path} exists; MILLRACE_UPDATE=1 writes it`).to.equal(true)
  const committed = readFileSync(file, 'utf8')
  // A page of HTML is too long to be shown as a difference.
  const [seen, wanted] = path.endsWith('.html') ? [text === committed, true] : [text, committed]
  expect(seen, `equal to test/${path}; MILLRACE_UPDATE=1 rewrites it`).to.equal(wanted)
}
