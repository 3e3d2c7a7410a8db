/** checkpoint.json: the contents of a checkpoint, so that damage is detected before anything is restored. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFlushed } from '../../util/durable-folder.js'

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
    const { seal, ...manifest } = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as Manifest & { readonly seal: string }
    if (seal !== sealOf(manifest)) return `${FILE} is not as it was written`
    if (manifest.format !== FORMAT || manifest.version !== VERSION) return `${FILE} says ${manifest.format} version ${manifest.version}`
    for (const [path, { bytes, sha256 }] of Object.entries(manifest.files)) {
      const { size } = await stat(join(folder, path))
      if (size !== bytes) return `${path} has ${size} bytes of ${bytes}`
      if ((await hashOf(join(folder, path))) !== sha256) return `${path} is not as it was written`
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

async function describeFile(path: string): Promise<FileFacts> {
  return { bytes: (await stat(path)).size, sha256: await hashOf(path) }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
