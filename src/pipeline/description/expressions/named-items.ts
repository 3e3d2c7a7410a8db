/** The factories of expressions that are about single items: `L P PP`. */
import { describe } from '../content/describe.js'
import { Expression, type UsesOf } from './expression.js'

/**
 * A component of objects, item by item: attributes, items and calls behind it are those of each item, and give the list of them. As a
 * place to save in, it takes a list with one value an item. BatchFlow: `L`.
 *
 * @example
 * scenes.p.update(V('widths'), L('boxes').attr('width'))
 * scenes.p.update(L('boxes').attr('label'), B('labels'))
 */
export function L<const Name extends string | Expression<any>>(component: Name): Expression<Name extends string ? Name : UsesOf<Name>> {
  const { json, values } = describe(component)
  return new Expression({ L: json }, values)
}

/**
 * A value for each item, for actions that work item by item. What is inside is evaluated once and must have as many entries as the
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
 * A value for each item, as `P`; what is inside is evaluated once for each item, in order. BatchFlow: `PP`.
 *
 * @example
 * pipeline.rotate({ angle: PP(R('normal', 0, 15)) })   // drawn anew for each image
 */
export function PP<const Value>(value: Value): Expression<UsesOf<Value>> {
  const { json, values: live } = describe(value)
  return new Expression({ PP: json }, live)
}
