/** Keys of configs: `body/filters`, `body: { filters }` and an old name for the same are one key. */
import type { Level, Options } from '../../../options/index.js'
import { isExpressionJson } from '../../description/expressions/expression-json.js'
import type { Registry } from '../../description/registry.js'
import { type Entry, MAX_DEPTH, type MapTree, mapTree, type Path, type Tree } from './tree.js'

/** True if the keys of a map are paths of a config. `at` is where the map is in the document. */
export function isInConfig([section, ...rest]: Path): boolean {
  if (section === 'configs') return rest.length > 0
  return section === 'pipelines' && rest.slice(1).includes('config')
}

/** No expression has as many keys. */
const LARGEST_EXPRESSION = 8

/** True of a map that is not an expression: `{ B: images }` is a value. */
export function isLevel(tree: Tree | undefined, at: Path): tree is MapTree {
  if (tree?.kind !== 'map') return false
  // Further up, and in vars, any name is the author's.
  if (at.length < 3 || (at[0] !== 'pipelines' && at[0] !== 'configs') || tree.entries.size > LARGEST_EXPRESSION) return true
  return !isExpressionJson(Object.fromEntries([...tree.entries].map(([key, { value }]) => [key, value.kind === 'list' ? [] : null])))
}

/** The keys from the root of the config to a place of the document. */
function insideConfig(at: Path): readonly string[] {
  return at.slice(at[0] === 'configs' ? 2 : at.indexOf('config', 2) + 1).flatMap(key => stepsOf(`${key}`))
}

/** `body/filters` → `body`, `filters`. */
export function stepsOf(key: string): readonly string[] {
  const steps = key.split('/').filter(step => step !== '')
  return steps.length > 0 && steps.length < MAX_DEPTH ? steps : [key]
}

export class ConfigKeys {
  readonly #levels: readonly Level[]

  /** Old names are those of the registry's models. */
  constructor({ models }: Pick<Registry, 'models'>) {
    const all = Object.values(models).flatMap(({ configOptions }) => (configOptions as Options | undefined)?.level ?? [])
    this.#levels = [...new Set(all)]
  }

  /** The steps of a key below a place, under today's names. */
  stepsAt(at: Path, key: string): readonly string[] {
    const above = insideConfig(at)
    const own = stepsOf(key)
    const steps = [...above, ...own]
    for (const level of this.#levels) {
      const names = namesOf(level, steps)
      if (names.some((name, i) => name !== steps[i])) return names.slice(above.length)
    }
    return own
  }

  /** The entries that a path leads through or to, or that are below it. */
  entriesAlong(map: MapTree, steps: readonly string[], at: Path): readonly string[] {
    return [...map.entries.keys()].filter(key => {
      const own = this.stepsAt(at, key)
      return own.slice(0, steps.length).every((step, i) => step === steps[i])
    })
  }

  /** Two maps in which equal steps are equal keys: what both write in different spellings is nested in both. */
  align(base: MapTree, own: MapTree, at: Path): readonly [MapTree, MapTree] {
    const stepsOwn = [...own.entries.keys()].map(key => ({ key, steps: this.stepsAt(at, key) }))
    const heads = new Set(stepsOwn.map(({ steps }) => steps[0]!))
    const stepsBase = [...base.entries.keys()]
      .map(key => ({ key, steps: this.stepsAt(at, key) }))
      .filter(({ steps }) => heads.has(steps[0]!))
    const all = [...stepsBase, ...stepsOwn]
    const keys = new Map(all.map(({ key, steps }) => [steps.join('/'), key]))
    const mixed = all.filter(
      ({ key, steps }) => keys.get(steps.join('/')) !== key || steps.some((_, i) => i > 0 && keys.has(steps.slice(0, i).join('/'))),
    )
    const nested = (map: MapTree) =>
      [...new Set(mixed.map(({ steps }) => steps[0]!))].reduce((some, head) => this.nest(some, head, at), map)
    return [nested(base), nested(own)]
  }

  /** The map with all that begins with a step under this one key, which comes last. */
  nest(map: MapTree, head: string, at: Path): MapTree {
    const all = [...map.entries].map(([key, entry]) => ({ key, entry, steps: this.stepsAt(at, key) }))
    const others = all.filter(({ steps }) => steps[0] !== head).map(({ key, entry }) => [key, entry] as const)
    return all
      .filter(({ steps }) => steps[0] === head)
      .reduce((nested, { steps, entry }) => this.#put(nested, steps, entry, at), mapTree(new Map(others), map.origin))
  }

  /** The map with a value at some steps below it: levels are merged, later values win. */
  #put(map: MapTree, [head = '', ...rest]: readonly string[], { key, value }: Entry, at: Path): MapTree {
    const inside = [...at, head]
    const before = map.entries.get(head)?.value
    const level = isLevel(before, inside) ? before : undefined
    const put =
      rest.length > 0
        ? this.#put(level ?? mapTree(new Map(), value.origin), rest, { key, value }, inside)
        : level && isLevel(value, inside)
          ? [...value.entries].reduce((all, [name, entry]) => this.#put(all, this.stepsAt(inside, name), entry, inside), level)
          : value
    const entries = new Map(map.entries)
    entries.delete(head)
    return mapTree(entries.set(head, { key, value: put }), map.origin)
  }
}

function namesOf(level: Level | undefined, steps: readonly string[]): readonly string[] {
  return steps.map(step => {
    const entry = level?.entry(step)
    level = entry?.type.level
    return entry?.name ?? step
  })
}
