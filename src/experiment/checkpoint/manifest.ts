/** checkpoint.json: the contents of a checkpoint, so that damage is detected before anything is restored. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFlushed } from '../../util/files/durable-folder.js'
import { readAt, readRegular, withRegular } from '../../util/files/read-file.js'

const FORMAT = 'millrace-checkpoint'
const VERSION = 1
const FILE = 'checkpoint.json'

interface FileFacts {
  readonly bytes: number
  readonly sha256: string
}

interface Manifest {
  readonly format: string
  readonly version: number
  /** Every other file of the folder, by its path inside. */
  readonly files: Readonly<Record<string, FileFacts>>
}

/** Writes the manifest of everything in a folder. */
export async function writeManifest(folder: string): Promise<void> {
  const files: Record<string, FileFacts> = {}
  for (const path of await filesIn(folder)) files[path] = await describeFile(join(folder, path))
  const manifest: Manifest = { format: FORMAT, version: VERSION, files }
  await writeFlushed(join(folder, FILE), `${JSON.stringify({ ...manifest, seal: sealOf(manifest) }, null, 1)}\n`)
}

/** What is wrong with a checkpoint; undefined if every byte is as written. */
export async function findDamage(folder: string): Promise<string | undefined> {
  try {
    const { seal, ...manifest } = JSON.parse((await readRegular(join(folder, FILE))).toString('utf8')) as Manifest & {
      readonly seal: string
    }
    if (seal !== sealOf(manifest)) return `${FILE} is not as it was written`
    if (manifest.format !== FORMAT || manifest.version !== VERSION) return `${FILE} says ${manifest.format} version ${manifest.version}`
    for (const [path, { bytes, sha256 }] of Object.entries(manifest.files)) {
      const found = await describeFile(join(folder, path), bytes)
      if (found.bytes !== bytes) return `${path} has ${found.bytes} bytes of ${bytes}`
      if (found.sha256 !== sha256) return `${path} is not as it was written`
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const sealOf = (manifest: Manifest) => createHash('sha256').update(JSON.stringify(manifest)).digest('hex')

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return paths.map(path => path.slice(folder.length + 1).replaceAll('\\', '/')).sort()
}

/** The facts of a file; one of another size than expected is not read. */
async function describeFile(path: string, expected?: number): Promise<FileFacts> {
  return withRegular(path, async (file, bytes) => {
    if (expected !== undefined && bytes !== expected) return { bytes, sha256: '' }
    const hash = createHash('sha256')
    const buffer = Buffer.allocUnsafeSlow(Math.min(bytes, 1 << 20))
    for (let at = 0; at < bytes; at += buffer.length)
      hash.update(await readAt(file, at, buffer.subarray(0, Math.min(buffer.length, bytes - at))))
    return { bytes, sha256: hash.digest('hex') }
  })
}
