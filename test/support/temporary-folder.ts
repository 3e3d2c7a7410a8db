import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A new empty folder; `remove` deletes it with all that was put there. */
export function temporaryFolder(): { readonly path: string; in(name: string): string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'millrace-test-'))
  return { path, in: name => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) }
}
