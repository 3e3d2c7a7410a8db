/** The keys of a config as the user wrote them: paths, nested levels, old names. */
import type { Options } from '../../options/index.js'
import { Config } from '../../util/config.js'
import { isPlainObject } from '../../util/json.js'

type Written = Readonly<Record<string, unknown>>
type Path = readonly (string | number)[]

/** Keys whose parts are checked together, however they are written. */
const wholes = ['loss', 'optimizer', 'decay', 'gradient_clipping', 'freeze_out']

const stepsOf = (key: string) => key.split('/').filter(step => step !== '')

/** The config with the paths below each whole in one value: `'decay/name': 'cosine', 'decay/decaySteps': 5`. */
export function gatherWholes(written: Written): Written {
  return wholes.reduce((gathered, whole) => {
    const parts = Object.entries(gathered).filter(([key]) => stepsOf(key)[0] === whole)
    if (parts.every(([key]) => key === whole)) return gathered
    const others = Object.fromEntries(Object.entries(gathered).filter(([key]) => stepsOf(key)[0] !== whole))
    try {
      return { ...others, [whole]: new Config(parts).toJSON()[whole] }
    } catch {
      // A key that reaches into a prototype: it is reported where it is.
      return gathered
    }
  }, written)
}

/** The path in the config as written of a problem in the gathered config: `['decay', 'decaySteps']` → `['decay/decaySteps']`. */
export function locateWritten(written: Written, path: Path): Path {
  const first = String(path[0])
  const joined = path.join('/')
  if (Object.hasOwn(written, joined)) return [joined]
  return Object.hasOwn(written, first) ? path : [Object.keys(written).find(key => stepsOf(key)[0] === first) ?? first]
}

/** The path and value of each key, under today's name of its first step. */
export function pairsOf(type: Options, written: Written): readonly (readonly [string, unknown])[] {
  return Object.entries(written).map(([key, value]) => [renamed(type, key).join('/'), value])
}

/** The location in a config as written of a resolved path such as `body/filters`: the keys that lead there. */
export function findWritten(type: Options, written: Written, path: string): Path {
  const target = path.split('/')
  const find = (level: Written, rest: readonly string[], stepsAt: (key: string) => readonly string[]): Path => {
    for (const [key, value] of Object.entries(level)) {
      const steps = stepsAt(key)
      if (!steps.every((step, i) => step === rest[i])) continue
      const below = rest.slice(steps.length)
      return below.length > 0 && isPlainObject(value) ? [key, ...find(value, below, stepsOf)] : [key]
    }
    return []
  }
  return find(written, target, key => renamed(type, key))
}

function renamed({ level }: Options, key: string): readonly string[] {
  const [first = key, ...rest] = stepsOf(key)
  return [level.entry(first)?.name ?? first, ...rest]
}
