/** Names of fed values against those of a network's inputs: known before there is a value. */

import { nearestName } from '../../errors/index.js'
import { type InputSpec, type InputsSpec, targetsOf } from '../config/inputs.js'
import type { FeedProblem } from '../model-types.js'

interface NamedFeed<Value> {
  /** The values under the inputs' own names. */
  readonly feed: Readonly<Record<string, Value>>
  /** A name that no input has. */
  readonly unknown: string | undefined
  readonly allowed: readonly string[]
}

/** The feed under the inputs' own names, and the name that is none's, if any. */
export function nameFeed<Value>(inputs: InputsSpec, given: Readonly<Record<string, Value>>): NamedFeed<Value> {
  const specs = [...inputs.data, ...targetsOf(inputs)]
  const allowed = specs.map(spec => spec.name)
  const nameOf = (key: string) => specs.find(spec => spec.aliases?.includes(key) && !Object.hasOwn(given, spec.name))?.name ?? key
  const named = Object.fromEntries(Object.entries(given).map(([key, value]) => [nameOf(key), value]))
  const any = specs.find(spec => spec.takesAnyName && !Object.hasOwn(named, spec.name))
  const free = Object.keys(named).filter(name => !allowed.includes(name))
  const feed =
    any && free.length === 1
      ? Object.fromEntries(Object.entries(named).map(([key, value]) => [key === free[0] ? any.name : key, value]))
      : named
  const foreign = Object.keys(feed).filter(name => !allowed.includes(name))
  // If an input takes any name, the misspelt one is the one that resembles another input's.
  return { feed, unknown: foreign.find(name => nearestName(name, allowed) !== undefined) ?? foreign[0], allowed }
}

type Shape = readonly number[]

/**
 * What is wrong with a feed, by the shape of one item of each value; undefined for one that is not known. `needsTarget`: true if a loss or an
 * accuracy is requested.
 */
export function findFeedProblem(
  inputs: InputsSpec,
  shapes: Readonly<Record<string, Shape | undefined>>,
  needsTarget: boolean,
): FeedProblem | undefined {
  const { feed, unknown: seen, allowed } = nameFeed(inputs, shapes)
  if (seen !== undefined) return { seen, allowed }
  const needed = [...inputs.data, ...(needsTarget ? targetsOf(inputs) : [])]
  const missing = needed.find(({ name }) => !Object.hasOwn(feed, name))
  if (missing) return { missing: missing.name, expected: fedShapes(missing) }
  const misfit = needed.find(input => feed[input.name] !== undefined && !fits(input, feed[input.name]!))
  return misfit && { misfit: misfit.name, seen: `[${['batch', ...feed[misfit.name]!].join(', ')}]`, expected: fedShapes(misfit) }
}

/** True if items of a shape may be fed. */
function fits(spec: InputSpec, seen: Shape): boolean {
  return shapesOf(spec).some(shape => seen.length === shape.length && shape.every((n, axis) => n === null || n === seen[axis]))
}

/** The shapes of items that may be fed: classes by number, unless they are encoded always, or encoded. */
function shapesOf({ shape, classes, isEncoded }: InputSpec): readonly InputSpec['shape'][] {
  return classes && !isEncoded ? [shape.slice(0, -1), shape] : [shape]
}

/** The shapes of what an input is fed, in words. */
export function fedShapes(spec: InputSpec): string {
  return shapesOf(spec)
    .map(shape => `[${['batch', ...shape.map(n => n ?? 'any')].join(', ')}]`)
    .join(' or ')
}
