/** Expressions that read the pipeline and its run: `C D I M V`. */
import { fail, listNames } from '../../../../errors/index.js'
import type { JsonSchema, JsonValue } from '../../../../util/json.js'
import { Expression, type UsesOf } from '../expression.js'
import { nameOf, oneOf, optionalNameOf } from '../letter-values.js'
import type { Variable } from '../names.js'
import { type SaveMode, saveModes, toSaveMode } from '../save-mode.js'
import type { LetterRow } from './letter-row.js'
import { named, type OtherPipeline } from './named.js'

/** What `I` can return. */
export const iterationParts = ['current', 'maximum', 'ratio'] as const

const pipeline: JsonSchema = {
  type: 'string',
  minLength: 1,
  $comment: 'the name of a pipeline',
  description: 'another pipeline, which it is read from',
}

export const pipelineLetters = {
  C: {
    summary: "a value of the pipeline's config, by path, or the whole config",
    value: optionalNameOf("a value of the pipeline's config"),
    further: { default: {}, pipeline },
    names: 'config',
    batchLocal: 'unless saved',
    savable: 'creates',
  },
  D: {
    summary: 'an attribute of the dataset, or the dataset itself',
    value: optionalNameOf('an attribute of the dataset'),
    further: {},
    names: 'attribute',
    batchLocal: true,
  },
  I: {
    summary: 'the iteration: current (from 1), maximum, or ratio',
    value: oneOf(iterationParts),
    further: {},
    batchLocal: true,
    tag: { empty: 'current' },
  },
  M: { summary: 'a model', value: nameOf('a model'), further: {}, names: 'model' },
  V: {
    summary: 'a variable of the pipeline',
    value: nameOf('a variable of the pipeline'),
    further: { mode: { enum: [...saveModes, 'w', 'a', 'e', 'u'] }, pipeline },
    names: 'variable',
    savable: 'declared',
    changeable: true,
  },
} as const satisfies Record<string, LetterRow>

/**
 * A variable of the pipeline, or of another one; its name may be an expression, `V(C('name'))`. `mode` is how values are saved to it:
 * write (default), append, extend or update.
 *
 * @example
 * pipeline.predictModel('resnet', { fetches: 'loss', feed, saveTo: V('losses', { mode: 'append' }) })
 * test.update(V('gap'), V('loss').sub(V('loss', { pipeline: train })))
 */
export function V<const Given extends string | Expression<any>, const Other extends OtherPipeline | undefined = undefined>(
  name: Given,
  options: { readonly mode?: SaveMode; readonly pipeline?: Other } = {},
): Expression<Given extends string ? (Other extends OtherPipeline ? never : Variable<Given>) : UsesOf<Given>> {
  const { mode, pipeline } = options
  if (mode !== undefined && toSaveMode(mode) === undefined) {
    fail('wrong-value', { name: `the mode of V('${name}')`, seen: String(mode), allowed: listNames(saveModes) })
  }
  return named('V', name, mode ? { mode } : {}, pipeline)
}

/**
 * A value of the pipeline's config, or of another pipeline's, by path: `C('model/lr')`; `C()` is the whole config. A missing path is an
 * error unless there is a `default`.
 *
 * @example
 * pipeline.setConfig({ scale: 255 }).normalize({ scale: C('scale') })
 */
export function C<const Given extends string | Expression<any>>(
  path?: Given,
  options: { readonly default?: JsonValue; readonly pipeline?: OtherPipeline } = {},
): Expression<UsesOf<Given>> {
  return named('C', path, 'default' in options ? { default: options.default! } : {}, options.pipeline)
}

/**
 * An attribute of the dataset, `D('classes')`; `D()` is the dataset.
 *
 * @example
 * pipeline.update(V('classes'), D('classes'))
 */
export function D<const Given extends string | Expression<any>>(attribute?: Given): Expression<UsesOf<Given>> {
  return named('D', attribute)
}

/**
 * A model of the pipeline by name.
 *
 * @example
 * pipeline.call(model => console.log(model.parameterCount), { args: [M('resnet')] })
 */
export function M<const Given extends string | Expression<any>>(name: Given): Expression<UsesOf<Given>> {
  return named('M', name)
}

/** What `I` can return, including BatchFlow's short forms and synonyms. */
export type IterationPart = (typeof iterationParts)[number] | 'c' | 'm' | 'r' | 'total' | 't'

/**
 * The iteration: `current` counts batches from 1, `maximum` (BatchFlow also: `total`) is the number of batches of this run (null if
 * endless), `ratio` their quotient, an error if endless.
 *
 * @example
 * pipeline.saveModel('resnet', I().format('models/{:04d}'))
 */
export function I(part: IterationPart = 'current'): Expression<never> {
  const meant = 'total'.startsWith(part) ? 'maximum' : iterationParts.find(name => name.startsWith(part))
  return new Expression({ I: meant ?? part })
}
