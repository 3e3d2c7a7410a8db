/** Keys that BatchFlow had elsewhere. */
import { Config } from '../../util/config.js'
import type { ConfigProblem } from '../model-types.js'

type Written = Readonly<Record<string, unknown>>

/** The config with today's paths in place of old ones, and a note for each. `old` has today's path by the old one. */
export function renameOldKeys(
  old: Readonly<Record<string, string>>,
  written: Written,
): { readonly written: Written; readonly notes: readonly ConfigProblem[] } {
  const isOld = (key: string) => Object.keys(old).some(path => path.split('/')[0] === key.split('/')[0])
  if (!Object.keys(written).some(isOld)) return { written, notes: [] }
  let config = new Config(written)
  const notes: ConfigProblem[] = []
  for (const [path, now] of Object.entries(old)) {
    if (!config.has(path) || isEmpty(config.get(path))) continue
    config = moveKey(config, path, now)
    notes.push({ path: [path], what: `${path} is the old name of ${now}`, fix: `Write ${now}.` })
  }
  const left = [...new Set(Object.keys(old).map(path => path.split('/')[0]!))]
  return { written: config.without(...left.filter(path => isEmpty(config.get(path)))).toJSON(), notes }
}

const isEmpty = (value: unknown) => value instanceof Config && value.size === 0

/** A key, and all below it, under another path; what is there already is kept where the moved one does not say otherwise. */
export function moveKey(config: Config, from: string, to: string): Config {
  if (!config.has(from)) return config
  const value = config.get(from)
  return config.without(from).merge([[to, value instanceof Config ? value.toJSON() : value]])
}
