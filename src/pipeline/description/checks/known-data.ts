/** What is known, before a run, of the data that a pipeline passes through its models. */
import type { JsonObject, JsonValue } from '../../../util/json.js'
import type { ItemShape } from '../component-facts.js'
import type { PipelineSpec } from '../content/pipeline-spec.js'
import { actionsOf, rowOf } from '../content/visit-actions.js'
import type { KnownData } from '../contracts.js'
import { letterOf } from '../expressions/expression-json.js'
import { letterRow } from '../expressions/letters.js'
import { type ComponentScope, KnownComponents } from './known-components.js'

/** What a model is fed when it is first trained or predicts in this pipeline; undefined if it never is. */
export function knownData(spec: PipelineSpec, model: string, scope: ComponentScope): KnownData | undefined {
  const known = new KnownComponents(scope)
  for (const action of actionsOf(spec)) {
    const pass = rowOf(action.name)?.passes?.(action.args)
    if (pass && pass.model === model)
      return { fed: feedShapes(pass.feed, known), ...(scope.classes !== undefined && { classes: scope.classes }) }
    known.pass(action)
  }
  return undefined
}

/** The shapes of the items that a model is fed; undefined for one that is not a component, or whose shape is not certain. */
export function feedShapes(
  feed: Readonly<Record<string, JsonValue>>,
  known: KnownComponents,
): Readonly<Record<string, ItemShape | undefined>> {
  return Object.fromEntries(Object.entries(feed).map(([name, value]) => [name, shapeOf(value, known)]))
}

function shapeOf(value: JsonValue, known: KnownComponents): ItemShape | undefined {
  const letter = letterOf(value)
  const name = letter && letterRow(letter).names === 'component' ? (value as JsonObject)[letter] : undefined
  return typeof name === 'string' ? known.shapeOf(name) : undefined
}
