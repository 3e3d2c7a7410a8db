/** Inputs that a config leaves open, taken from the data: shapes from what is fed, classes from the dataset. */
import { Config } from '../../util/config.js'
import { isPlainObject } from '../../util/json.js'
import type { KnownData } from '../model-types.js'
import { isTarget, type Written } from './inputs.js'

type Inputs = Readonly<Record<string, Written>>

/** A config with its inputs, however they are written: `inputs: { images: { shape } }`, `inputs/images: { shape }`, … */
interface Opened {
  readonly inputs: Inputs
  /** `initial_block/inputs`: the input that the network takes. */
  readonly wanted: unknown
}

/** True if the data may say more about the inputs than they do: there are none, one has no shape, the targets have no classes. */
export function isOpen(opened: Opened): boolean {
  const all = Object.entries(opened.inputs)
  return all.length === 0 || all.some(([name, spec]) => isPlainObject(spec) && lacks(name, spec, opened))
}

const lacks = (name: string, { shape, classes }: Written, opened: Opened) =>
  shape === undefined && (takenByLoss(name, opened) ? classes === undefined : true)

/** True if the loss compares with this input; another is the network's. */
const takenByLoss = (name: string, { inputs, wanted }: Opened) => ![wanted].flat().includes(name) && isTarget(name, inputs[name]!)

/**
 * The inputs with what the data say of them. Without any, each name that is fed is an input. Targets of one number per item take the classes
 * of the dataset, as do those that are fed one-hot and masks of class numbers; other targets take the shape that is fed.
 */
export function fillInputs(opened: Opened, { fed, classes }: KnownData): Inputs {
  const written = Object.entries(opened.inputs)
  const inputs: Inputs = written.length > 0 ? opened.inputs : Object.fromEntries(Object.keys(fed).map(name => [name, {}]))
  const all = { ...opened, inputs }
  const count = typeof classes === 'number' ? classes : classes?.length
  const entries = Object.entries(inputs).map(([name, spec]): [string, Written] => {
    const shape = fed[name] ?? (spec.name === undefined ? undefined : fed[spec.name])
    if (shape === undefined || !lacks(name, spec, all)) return [name, spec]
    const seen = { ...spec, shape: [...shape] }
    if (!takenByLoss(name, all)) return [name, shape.length > 0 ? seen : spec]
    const isCounted = shape.length === 0 || (shape.length === 1 && shape[0] === count)
    if (isCounted) return [name, classes === undefined ? spec : { ...spec, classes: classes as number }]
    return [name, name === 'masks' && classes !== undefined ? { ...seen, classes: classes as number } : seen]
  })
  return Object.fromEntries(entries)
}

/** The inputs of a config, by its paths under today's names. What is not a map is reported elsewhere. */
export function openConfigInputs(pairs: readonly (readonly [string, unknown])[]): Opened {
  const config = new Config(pairs.filter(([key]) => /^(inputs|initial_block)(\/|$)/.test(key)))
  const inputs = config.get('inputs')
  return { inputs: (inputs instanceof Config ? inputs.toJSON() : {}) as Inputs, wanted: config.get('initial_block/inputs') ?? [] }
}
