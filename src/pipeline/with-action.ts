/** Descriptions of pipelines with one more action, of whichever form its arguments are. */
import { fail } from '../errors/index.js'
import { isPlainObject, type JsonObject } from '../util/json.js'
import { callSite } from './call-site.js'
import { isModelSource } from './check-kind.js'
import { checkArguments, checkOwnArguments, orderArguments } from './description/checks/check-arguments.js'
import { bindDescribed } from './description/content/bind-described.js'
import { type Bindings, bind, mergeBindings, noBindings } from './description/content/bindings.js'
import type { Described } from './description/content/describe.js'
import { describeArguments } from './description/content/describe-arguments.js'
import { appendAction, appendActions } from './description/content/edits.js'
import { liveName } from './description/content/live-names.js'
import { ownActionOf } from './description/content/own-actions.js'
import { enclosed, type Part } from './description/content/parts.js'
import type { Section } from './description/content/pipeline-spec.js'
import { destinationArguments, rowOf } from './description/content/visit-actions.js'
import type { BatchAction } from './description/contracts.js'

/** A description under the name that errors call it by. */
type Named = Part & { readonly name: string }
type Arguments = Readonly<Record<string, unknown>>

/** With one more action: its arguments become plain data, what is live in them is bound. `described` are arguments that are plain data already. */
export function withAction(
  pipeline: Named,
  name: string,
  args: Arguments,
  described: Readonly<Record<string, Described>> = {},
  bindings = pipeline.bindings,
): Part {
  const source = callSite()
  const at = pipeline.spec.actions.length
  const plain = describeArguments(args, destinationArguments(name))
  const extra = Object.entries(described)
  const whole = { ...(plain.json as JsonObject), ...Object.fromEntries(extra.map(([key, { json }]) => [key, json])) }
  const values = Object.assign({}, plain.values, ...extra.map(([, { values }]) => values))
  const [bound, json] = bindDescribed(bindings, { json: whole, values })
  const location = { pipeline: pipeline.name, action: { number: at + 1, name }, ...(source && { source }) }
  const takes = rowOf(name)?.args
  if (takes) checkArguments(name, json, takes, location)
  else checkOwnArguments(name, json, ownAction(pipeline, name)?.schema ?? {}, location)
  const added = { ...noBindings, sources: source ? { [`actions/${at}`]: source } : {} }
  const ordered = takes ? orderArguments(json, takes) : json
  return { spec: appendAction(pipeline.spec, name, ordered), bindings: mergeBindings(bound, added) }
}

/** Adds one action that has blocks among its arguments. */
export function withBlocks(pipeline: Named, name: string, args: Arguments, blocks: Readonly<Record<string, Part>>): Part {
  let whole: Part = pipeline
  const described: Record<string, Described> = {}
  for (const [key, part] of Object.entries(blocks)) {
    if (part.spec.actions.length === 0) fail('block-empty', { action: name, block: key })
    const { block: actions, ...more } = enclosed(whole, part, ['actions', pipeline.spec.actions.length, name, key])
    whole = more
    described[key] = { json: actions, values: {} }
  }
  return withAction({ ...whole, name: pipeline.name }, name, args, described)
}

/** With actions that are done before the first batch of a run, or after the last one. */
export function withSurrounding(pipeline: Part, section: Exclude<Section, 'actions'>, part: Part): Part {
  const { spec, bindings, block } = enclosed(pipeline, part, [section], pipeline.spec[section]?.length ?? 0)
  return { spec: appendActions(spec, section, block), bindings }
}

/** With one more action that names other pipelines, besides other options. */
export function withPipelines(pipeline: Named, action: string, others: readonly { readonly name: string }[], options: object): Part {
  let { bindings } = pipeline
  const pipelines = others.map(other => {
    const [more, name] = bind(bindings, 'pipelines', other.name, other)
    bindings = more
    return name
  })
  return withAction(pipeline, action, { pipelines, ...options }, {}, bindings)
}

/** The bindings with the class of a model, and the options of `initModel`: a class that is a thing is named in them, as in a file. */
export function withModelClass(bindings: Bindings, modelClass: unknown, options: Arguments) {
  const bindClass = (thing: object) => bind(bindings, 'models', 'name' in thing && thing.name ? `${thing.name}` : liveName(thing), thing)
  const { config = {} } = options
  if (modelClass !== undefined) {
    const [bound, className] = bindClass(modelClass as object)
    return { bindings: bound, className, config, ...options }
  }
  const { model } = config as { readonly model?: object | string }
  if (!isPlainObject(config) || !isModelSource(model)) return { bindings, className: undefined, config, ...options }
  const [bound, name] = bindClass(model as object)
  return { bindings: bound, className: undefined, ...options, config: { ...config, model: name } }
}

/** The row of an action of the batch class. */
function ownAction({ spec, bindings }: Part, name: string): BatchAction | undefined {
  const dataset = spec.dataset === undefined ? undefined : bindings.datasets[spec.dataset]
  const batchClass = bindings.batchClass ?? dataset?.batchClass
  return batchClass && ownActionOf(batchClass, name)
}

/** The arguments of `print('a', V('b'), { label: 'c' })`: a last object with only a `label` that is a string is the label. */
export function splitLabel(values: readonly unknown[]): { readonly values: readonly unknown[]; readonly label?: string } {
  const last = values.at(-1)
  const isLabel = isPlainObject(last) && Object.keys(last).join() === 'label' && typeof last.label === 'string'
  return isLabel ? { values: values.slice(0, -1), label: last.label as string } : { values }
}
