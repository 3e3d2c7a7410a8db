/** The factories of expressions on single items: `L P PP`. */
import { describe } from '../content/describe.js'
import { Expression, type UsesOf } from './expression.js'

/**
 * A component of objects, item by item: attributes, items and calls that follow apply to each item and return a list. As a
 * destination, it takes a list with one value per item. BatchFlow: `L`.
 *
 * @example
 * scenes.p.initVariable('widths').update(V('widths'), L('boxes').attr('width'))
 * scenes.p.update(L('boxes').attr('label'), B('labels'))
 */
export function L<const Name extends string | Expression<any>>(component: Name): Expression<Name extends string ? Name : UsesOf<Name>> {
  const { json, values } = describe(component)
  return new Expression({ L: json }, values)
}

/**
 * A value for each item, for actions that work item by item. The contents are evaluated once and must have as many entries as the
 * batch has items; a random value inside is drawn for each item. BatchFlow: `P`.
 *
 * @example
 * pipeline.rotate({ angle: P(R('normal', 0, 15)) })   // an angle for each image
 */
export function P<const Value>(values: Value): Expression<UsesOf<Value>> {
  const { json, values: live } = describe(values)
  return new Expression({ P: json }, live)
}

/**
 * A value for each item, like `P`, but the contents are evaluated once per item, in order. BatchFlow: `PP`.
 *
 * @example
 * pipeline.rotate({ angle: PP(R('normal', 0, 15)) })   // drawn anew for each image
 */
export function PP<const Value>(value: Value): Expression<UsesOf<Value>> {
  const { json, values: live } = describe(value)
  return new Expression({ PP: json }, live)
}
