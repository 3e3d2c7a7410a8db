/** Extracts the needed parts of a wheel. Node cannot read zip files; Python, which pip needs anyway, can. */
import { basename } from 'node:path'
import { freeBytes } from '../cache.mjs'
import { SetupProblem } from '../problems.mjs'
import { lastLines, runQuietly } from '../shell.mjs'
import { bytesNeeded } from './wheels.mjs'

const script = `
import os, shutil, sys, zipfile
wheel, target, keep = sys.argv[1], os.path.realpath(sys.argv[2]), tuple(sys.argv[3:])
with zipfile.ZipFile(wheel) as archive:
    found = set()
    for entry in archive.infolist():
        name = next((prefix for prefix in keep if entry.filename.startswith(prefix)), None)
        if name is None or entry.is_dir():
            continue
        path = os.path.realpath(os.path.join(target, entry.filename))
        if not path.startswith(target + os.sep):
            sys.exit('a path that leaves its folder: ' + entry.filename)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(entry) as source, open(path, 'wb') as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
        mode = entry.external_attr >> 16 & 0o777
        os.chmod(path, (mode or 0o644) | 0o600)
        found.add(name)
    missing = [prefix for prefix in keep if prefix not in found]
    if missing:
        sys.exit('not in the wheel: ' + ', '.join(missing))
`

/**
 * @param {string} path
 * @param {{ python: string, folder: string, wheel: import('./wheels.mjs').Wheel }} options
 */
export async function unpackWheel(path, { python, folder, wheel }) {
  const outcome = await runQuietly(python, ['-c', script, path, folder, ...wheel.keep])
  if (outcome.ok) return
  if (/No space left/i.test(outcome.output)) {
    throw new SetupProblem('disk-full', { folder, free: freeBytes(folder), needed: bytesNeeded([wheel]), gpu: false })
  }
  throw new SetupProblem('unpack-failed', { file: basename(path), output: lastLines(outcome.output, 2) })
}
