/** The inputs of a network, from the config's `inputs`: what is fed, in which shape, and which of them the loss takes. */
import { didYouMean } from '../../errors/index.js'
import { anyOf, anything, integer, listOf, nullable, number, oneOf, option, options, string, type WrittenOf } from '../../options/index.js'
import type { ConfigProblem } from '../model-types.js'

/** Element types that a config may name for an input, each with the numbers that may be fed; undefined for all. */
export const inputTypes = {
  float32: undefined,
  float: undefined,
  float64: undefined,
  int32: value => (value | 0) === value,
  int64: Number.isSafeInteger,
  uint8: value => (value & 255) === value,
} as const satisfies Record<string, ((value: number) => boolean) | undefined>

export type InputType = keyof typeof inputTypes

const optional = { optional: true } as const
const count = integer({ min: 1 })

/** What a config states about an input. */
export const inputOptions = options(
  {
    shape: option(
      'shape of one item as it is fed; of masks, their height and width; without it, a dynamic model takes that of its first batch',
      anyOf(count, listOf(count)),
      optional,
    ),
    classes: option(
      'number of classes, or the list of labels; without it, a dynamic model takes those of the dataset',
      anyOf(count, listOf(anything)),
      optional,
    ),
    dtype: option(
      'element type: numbers that it cannot hold are rejected; classes are always integers',
      oneOf(Object.keys(inputTypes) as InputType[]),
      { default: 'float32' },
    ),
    transform: option(
      'ohe (as without the key): classes are fed by number or value; null: they are fed encoded',
      nullable(oneOf(['ohe'])),
      optional,
    ),
    ignore: option('of targets: the number or label of what weighs 0 in losses and accuracy', anyOf(number(), string), optional),
    name: option('name of the encoded values; targets for what the loss takes', string, optional),
  },
  {
    misfit: ({ shape, classes, transform, ignore }) => {
      const count = Array.isArray(classes) ? classes.length : classes
      if (transform === null && count !== undefined && shape !== undefined && [shape].flat().at(-1) !== count)
        return { option: 'shape', allowed: `a shape that ends with ${count}: encoded classes are the last axis` }
      if (classes !== undefined && transform === null && ignore !== undefined)
        return { option: 'ignore', allowed: 'nothing beside transform: null; a class number is ignored, not an encoded class' }
      if (classes === undefined && typeof ignore === 'string') return { option: 'ignore', allowed: 'a number, for targets without classes' }
      return undefined
    },
  },
)

/** An input as a config describes it. */
export type Written = WrittenOf<typeof inputOptions>

export interface InputSpec {
  /** The name it is fed under. */
  readonly name: string
  /** Shape of one item; for targets with classes, the encoded shape: that of the class numbers, then the number of classes. */
  readonly shape: readonly (number | null)[]
  /** For labels: the values of the classes, in order. */
  readonly classes?: readonly unknown[]
  /** For labels: true if they are fed one-hot, not as numbers or values of classes. */
  readonly isEncoded?: boolean
  /** For targets: what is fed where nothing is compared. */
  readonly ignore?: number | string
  /** The element type that fed values must fit into. Default: any numbers may be fed. */
  readonly dtype?: InputType
  /** Other names it may be fed by. */
  readonly aliases?: readonly string[]
  /** True if it takes whatever is fed besides the others. */
  readonly takesAnyName?: boolean
}

export interface InputsSpec {
  /** What the network takes. */
  readonly data: readonly InputSpec[]
  /** What the loss compares with; undefined for a model that only predicts. */
  readonly target: InputSpec | undefined
  /** What the losses of further outputs compare with. */
  readonly moreTargets?: readonly InputSpec[]
}

/** What the losses compare with, output by output. */
export function targetsOf({ target, moreTargets = [] }: InputsSpec): readonly InputSpec[] {
  return [...(target ? [target] : []), ...moreTargets]
}

const targetNames = ['targets', 'labels', 'masks']

/** True if an input holds what the loss compares with. */
export const isTarget = (name: string, spec: Written): boolean => spec.name === 'targets' || targetNames.includes(name)

const fromBatch = 'A model that is declared as dynamic takes'

/** How the targets are found, for errors if they are not found. */
export const targetRule = "The targets are the input called targets, labels or masks, or the one with name: 'targets'."

/** The problem of an input that ignores a value but is compared with nothing. */
export function onlyTargetsIgnore(name: string): ConfigProblem {
  return { path: [`inputs/${name}/ignore`], what: `${name} is no target: only those may be ignored`, fix: targetRule }
}

/** The inputs, or what is wrong with them. `wanted` is `initial_block/inputs`. */
export function inferInputs(
  written: Readonly<Record<string, Written>> | null | undefined,
  wanted: unknown,
): { readonly inputs: InputsSpec } | { readonly problem: ConfigProblem } {
  const all = Object.entries(written ?? {})
  const names = all.map(([name]) => name)
  const problem = (path: string, what: string, allowed?: string, fix?: string) => ({ problem: { path: [path], what, allowed, fix } })
  if (all.length === 0)
    return problem(
      'inputs',
      'a model needs inputs',
      "e.g. images: { shape: [28, 28, 1] }, labels: { classes: 10, name: 'targets' }",
      `${fromBatch} them from its first batch.`,
    )

  const data = wanted === undefined || wanted === null ? names.filter((_, i) => !isTarget(...all[i]!)) : [wanted].flat()
  if (data.length !== 1) {
    return problem(
      'initial_block/inputs',
      `one input goes into this network, not ${data.length}`,
      `the name of one input: ${names.join(', ')}`,
      all.some(entry => isTarget(...entry)) ? undefined : targetRule,
    )
  }
  const [name] = data as [string]
  if (!names.includes(name)) return problem('initial_block/inputs', `there is no input ${name}`, names.join(', '), didYouMean(name, names))
  const spec = written![name]!
  if (spec.shape === undefined) {
    const fix = `${fromBatch} it from its first batch.`
    return problem(`inputs/${name}`, 'the input of the network needs a shape', 'shape: [28, 28, 1]', fix)
  }
  for (const [other, { transform, classes }] of all) {
    if (transform === 'ohe' && classes === undefined) return problem(`inputs/${other}/transform`, 'ohe needs classes', 'classes: 10')
  }
  if (spec.ignore !== undefined) return { problem: onlyTargetsIgnore(name) }
  const others = Object.fromEntries(all.filter(([other]) => other !== name))
  const target = inferTarget(others)
  const [unclear] = Object.keys(others).filter(other => isTarget(other, others[other]!))
  const [unused] = Object.keys(others)
  if (unused && !unclear)
    return problem(`inputs/${unused}`, `nothing takes the input ${unused}, and the loss has no targets`, undefined, targetRule)
  if (unclear && !target) {
    const fix = `${fromBatch} the attribute classes of its dataset, or the shape of what is fed.`
    return problem(`inputs/${unclear}`, 'the targets need classes or a shape', 'classes: 10, or shape: 1', fix)
  }
  return { inputs: { data: [{ name, shape: [spec.shape].flat(), ...typeOf(spec) }], target } }
}

/** The input that the loss compares with: the one named `targets` in its `name`, else by key; undefined if there is none. */
export function inferTarget(written: Readonly<Record<string, Written>>, positions?: InputSpec['shape']): InputSpec | undefined {
  const all = Object.entries(written)
  const entry = all.find(([, spec]) => spec.name === 'targets') ?? targetNames.map(name => all.find(([key]) => key === name)).find(Boolean)
  return entry && toTarget(entry, positions)
}

/**
 * What a config states about targets; undefined if it states neither classes nor a shape. `positions`: the shape of the class numbers where it
 * does not state one.
 */
export function toTarget([name, written]: [string, Written], positions: InputSpec['shape'] = []): InputSpec | undefined {
  const { classes, shape, name: alias, transform, ignore } = written
  const others = { ...(alias && alias !== name ? { aliases: [alias] } : {}), ...(ignore === undefined ? {} : { ignore }) }
  const stated = shape === undefined ? undefined : [shape].flat()
  if (classes === undefined) return stated && { name, shape: stated, ...typeOf(written), ...others }
  const values = typeof classes === 'number' ? Array.from({ length: classes }, (_, i) => i) : classes
  const encoded = { name, classes: values, ...others }
  if (transform !== null) return { ...encoded, shape: [...(stated ?? positions), values.length] }
  return { ...encoded, shape: stated ?? [...positions, values.length], isEncoded: true }
}

/** The element type as a part of an input's description. */
export const typeOf = ({ dtype }: Written): Pick<InputSpec, 'dtype'> => (dtype === undefined ? {} : { dtype })
