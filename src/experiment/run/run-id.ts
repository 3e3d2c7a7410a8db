/** Names of folders that a run makes. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** `runs/<name>/<local time>`, e.g. `runs/se-comparison/2025-01-31T09-30-00`; followed by a number if that is taken. */
export function defaultRunFolder(name: string, now = new Date()): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000)
  const stem = join('runs', toFolderName(name), local.toISOString().slice(0, 19).replaceAll(':', '-'))
  for (let n = 1; ; n++) {
    const folder = n === 1 ? stem : `${stem}-${n}`
    if (!existsSync(folder)) return folder
  }
}

/** A name that is valid in any file system and cannot leave the folder: `../a b` → `_a b`. */
export function toFolderName(name: string): string {
  return name.replace(/[^\w .-]+/g, '_').replace(/^[. ]+|[. ]+$/g, '') || '_'
}

/** Where a run saves the weights of a model. */
export function modelFolder(folder: string, model: string): string {
  return join(folder, 'models', toFolderName(model))
}
