/** Where models are imported from: a pipeline, or a model itself. */
import { fail } from '../../../errors/index.js'
import { describeKind } from '../../../util/describe-value.js'
import type { Model } from '../../description/contracts.js'
import type { Session } from '../session/session.js'

/** A pipeline as models are imported from it. */
export interface ModelSource {
  readonly models: ReadonlyMap<string, Model>
  readonly name?: string
  readonly isDisposed?: boolean
  /** Builds the static models, unless they are built already. */
  start(options: { readonly seed: number }): Promise<void>
}

/**
 * The pipeline or model that `importModel` names, or the thing itself.
 *
 * @throws MillraceError `unknown-name`; `wrong-value` for a thing of another kind
 */
export function importedFrom(from: unknown, { name, bindings }: Session): ModelSource | Model {
  const { pipelines } = bindings
  if (typeof from === 'string' && !Object.hasOwn(pipelines, from)) {
    return fail('unknown-name', { kind: 'pipeline', seen: from, allowed: Object.keys(pipelines).filter(other => other !== name) })
  }
  const source = typeof from === 'string' ? pipelines[from] : from
  if (typeof source === 'object' && source !== null && (isModelSource(source) || isModel(source))) return source
  return fail('wrong-value', { name: 'from of importModel', seen: describeKind(source), allowed: 'a pipeline or a model of one' })
}

export const isModelSource = (thing: object): thing is ModelSource => 'models' in thing && 'start' in thing

const isModel = (thing: object): thing is Model => 'train' in thing && 'predict' in thing
