/** One process at a time writes a run's folder. */
import { join } from 'node:path'
import { type Lock, takeLock, usualQuietMs } from '../../../engine/lock-file.mjs'
import { fail } from '../../errors/index.js'
import { makeFolder } from '../../util/files/make-folder.js'

/** The file that names the process; it is there while the run is. */
export const lockFile = 'run.lock'

/**
 * Takes the lock of a run's folder, which is created. Where no file can be written there is no lock: opening the folder says why.
 *
 * @throws MillraceError `run-folder-in-use`
 */
export function lockRun(folder: string): Pick<Lock, 'release'> {
  const taken = tryLock(folder)
  if (taken === undefined) return { release: () => undefined }
  if (taken.lock) return taken.lock
  const { holder, quietForMs, path } = taken
  const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : 'an unknown process'
  const seconds = Math.round(Math.abs(quietForMs) / 1000)
  return fail('run-folder-in-use', { folder, who, seconds, quietSeconds: usualQuietMs / 1000, lock: path })
}

function tryLock(folder: string): ReturnType<typeof takeLock> | undefined {
  try {
    makeFolder(folder)
    return takeLock(join(folder, lockFile))
  } catch {
    return undefined
  }
}
