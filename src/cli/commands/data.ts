import { columns, MillraceError } from '../../experiment.js'
import { cachedFolder, checkFiles, downloadSet, type KnownSetName, knownSets, whereSet } from '../../opensets.js'
import { exitCodes } from '../exit-codes.js'
import { Output } from '../output.js'
import { reportError } from '../report-errors.js'

/** Lists the sets that are found or fetched, and where each is. */
export async function listData({ json }: { readonly json?: boolean }): Promise<number> {
  const output = new Output(json)
  const rows = Object.entries(knownSets).map(([name, set]) => {
    const { title, licence, citation } = set
    return { name, title, licence, citation, folder: whereSet(name, set) ?? null }
  })
  output.value(rows)
  output.result(columns(rows.map(({ name, title, licence, folder }) => [name, folder ?? 'not here', `${title} (licence: ${licence})`])))
  return exitCodes.done
}

/** Prints the folder of a set. */
export function whereData(name: string): Promise<number> {
  return withSet(name, async (set, output) => output.result(folderOf(name, set)))
}

/** Verifies the checksums of a set. */
export function checkData(name: string): Promise<number> {
  return withSet(name, async (set, output) => {
    const folder = folderOf(name, set)
    await checkFiles(folder, set)
    output.result(`${name} in ${folder} is as published`)
  })
}

/** Downloads a set into the cache, unless it is on this machine. */
export function getData(name: string): Promise<number> {
  return withSet(name, async (set, output) => {
    const folder = cachedFolder(name, set)
    if (whereSet(name, set) === undefined) {
      let shown = ''
      const onProgress = (file: { readonly name: string }, bytes: number) => {
        const text = `${file.name}: ${Math.floor(bytes / 1e6)} MB`
        if (text !== shown) output.note(text)
        shown = text
      }
      await downloadSet(folder, set, { onProgress })
    }
    output.result(folderOf(name, set))
  })
}

type AnySet = (typeof knownSets)[KnownSetName]

function folderOf(name: string, set: AnySet): string {
  const found = whereSet(name, set)
  if (found !== undefined) return found
  throw new MillraceError('data-not-here', { name, cache: cachedFolder(name, set), places: set.places })
}

async function withSet(name: string, work: (set: AnySet, output: Output) => Promise<void>): Promise<number> {
  const output = new Output()
  const names = Object.keys(knownSets) as KnownSetName[]
  const found = names.find(each => each === name)
  try {
    if (found === undefined) throw new MillraceError('unknown-name', { kind: 'set', seen: name, allowed: names })
    await work(knownSets[found], output)
    return exitCodes.done
  } catch (error) {
    reportError(error, output)
    return exitCodes.wrongInput
  }
}
