/** What a config writes as its loss: one, or several that are added up, and one sum for each output. */
import { anyOf, listOf, mapOf, type OptionType, type WrittenOf } from '../../options/index.js'
import { isPlainObject } from '../../util/json.js'
import { type Choice, named } from '../config/named-options.js'
import type { Loss } from './loss.js'
import { type LossFunction, lossFunction, ownLoss } from './own-loss.js'
import { type LossName, losses } from './table.js'

const aliases = {
  cross_entropy: 'ce',
  softmax_cross_entropy: 'ce',
  binary_cross_entropy: 'bce',
  sigmoid_cross_entropy: 'bce',
  mean_squared_error: 'mse',
  absolute_difference: 'l1',
  cos: 'cosine',
  cosine_distance: 'cosine',
  hinge_loss: 'hinge',
  huber_loss: 'huber',
  log_loss: 'logloss',
  iou: 'jaccard',
} as const satisfies Record<string, LossName>

/** A loss by its name, with its options; or a function of the program. */
export type LossChoice = Choice<typeof losses> | LossFunction

const byName = named(losses, { aliases, ending: 'loss' })
const one = anyOf(byName, lossFunction)

/** True for a name with options in a list, `['dice', { smooth: 1 }]`: all other lists are lists of losses. */
const isPair = (value: readonly unknown[]) =>
  value.length === 2 && typeof value[0] === 'string' && isPlainObject(value[1]) && !Object.hasOwn(value[1], 'name')

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && !isPair(value)

/** A loss, or a list of losses that are added up. */
export interface LossSum extends OptionType<readonly LossChoice[], WrittenOf<typeof one> | readonly WrittenOf<typeof one>[]> {
  readonly parts: typeof byName.parts
}

const several = listOf(one)

/** The loss of one output. Letter case, `-`, `_`, blanks and an ending `loss` of names do not matter. */
export const lossChoice: LossSum = {
  names: one.names,
  parts: byName.parts,
  level: one.level,
  hasShape: one.hasShape,
  allowed: `${one.allowed}; or a list of such, which are added up`,
  schema: { anyOf: [one.schema, several.schema] },
  inspect: (value, site) => (isList(value) ? several : one).inspect(value, site),
  fill: value => (isList(value) ? several.fill(value) : [one.fill(value)]),
}

/** The losses of a model whose outputs are not known yet. */
export type LossesChoice =
  /** Of each output; of one output, they are added up. */
  | { readonly list: readonly (readonly LossChoice[])[] }
  | { readonly byOutput: Readonly<Record<string, readonly LossChoice[]>> }
  | { readonly all: readonly LossChoice[] }

type WrittenLosses = WrittenOf<LossSum> | readonly WrittenOf<LossSum>[] | Readonly<Record<string, WrittenOf<LossSum>>>

const list = listOf(lossChoice)
const byOutput = mapOf(lossChoice)
const isByOutput = (value: unknown) => isPlainObject(value) && !Object.hasOwn(value, 'name')

/** The losses of a user's own model: as of one output, or one for each of several, in a list or by the outputs' names. */
export const lossesChoice: OptionType<LossesChoice, WrittenLosses> = {
  names: one.names,
  level: one.level,
  hasShape: one.hasShape,
  allowed: `${lossChoice.allowed}; or a loss for each output, in a list or by the outputs' names`,
  schema: { anyOf: [one.schema, list.schema, byOutput.schema] },
  inspect: (value, site) => (isByOutput(value) ? byOutput : isList(value) ? list : lossChoice).inspect(value, site),
  fill: value => {
    if (isByOutput(value)) return { byOutput: byOutput.fill(value) }
    return isList(value) ? { list: list.fill(value) } : { all: lossChoice.fill(value) }
  },
}

/** The loss of a choice. */
export function createLoss(choice: LossChoice): Loss {
  if (typeof choice === 'function') return ownLoss(choice)
  const { name, weight, ...options } = choice
  const { on, comparesClasses, isOfWholeBatch, create } = losses[name]
  return { name, weight, on, comparesClasses, isOfWholeBatch, ...create(options) }
}
