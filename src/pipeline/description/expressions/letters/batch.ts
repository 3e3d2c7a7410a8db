/** Expressions that read the batch: `B L P PP`. Names and meaning are BatchFlow's. */
import { describe } from '../../content/describe.js'
import { Expression, type UsesOf } from '../expression.js'
import { anyLetterValue, nameOf, optionalNameOf } from '../letter-values.js'
import type { Use } from '../names.js'
import type { LetterRow } from './letter-row.js'
import { named } from './named.js'

export const batchLetters = {
  B: {
    summary: 'a component of the batch, or the batch itself',
    value: optionalNameOf('a component of the batch'),
    further: { copy: { type: 'boolean', description: 'whether it is a copy' } },
    names: 'component',
    readsBatch: true,
    batchLocal: true,
    savable: 'creates',
    changeable: true,
  },
  L: {
    summary: 'a component, item by item: each operation applies to every item',
    value: nameOf('a component'),
    further: {},
    names: 'component',
    readsBatch: true,
    batchLocal: true,
    savable: 'creates',
    changeable: true,
  },
  P: {
    summary: 'a value for each item of the batch, evaluated once',
    value: anyLetterValue,
    further: {},
    readsBatch: true,
    batchLocal: true,
    encloses: true,
    tag: { form: '!P [value, …], or !P {R: name}', before: ['list', 'map'] },
  },
  PP: {
    summary: 'a value for each item of the batch, evaluated once per item',
    value: anyLetterValue,
    further: {},
    readsBatch: true,
    batchLocal: true,
    encloses: true,
    tag: { form: '!PP {R: name}', before: ['list', 'map'] },
  },
} as const satisfies Record<string, LetterRow>

interface BFactory {
  /** The batch itself. */
  (): Expression<never>
  /** A component of the batch, e.g. `B('images')`: checked against the pipeline's batch class when compiled. With `copy`, a copy. */
  <const Name extends string>(name: Name, options?: { readonly copy?: boolean }): Expression<Name>
  /** The component whose name is the value of an expression: checked when the batch is there. */
  <Uses extends Use>(name: Expression<Uses>, options?: { readonly copy?: boolean }): Expression<Uses>
}

/**
 * Components with a short form, `B.images`. A program may add the components of its batch class:
 * `declare module 'millrace' { interface ShortComponents { readonly waves: Expression<'waves'> } }`.
 */
export interface ShortComponents {
  /** The number of items. */
  readonly size: Expression<'size'>
  readonly length: Expression<'length'>
  /** The ids of the items. */
  readonly indices: Expression<'indices'>
}

/** Properties that functions need. A component with such a name is written B('call'). */
const ownOfFunctions = ['apply', 'bind', 'call', 'constructor', 'prototype', 'toString']

const b = (name?: string | Expression<any>, { copy = false }: { readonly copy?: boolean } = {}): Expression<any> =>
  named('B', name, copy ? { copy } : {})

/**
 * A component of the batch. `B('images')` and `B.images` mean the same; the short form compiles for the components of `ImagesBatch` and
 * those added to `ShortComponents`. Every batch has `B('size')`, `B('length')` and `B('indices')`.
 *
 * @example
 * pipeline.trainModel('resnet', { feed: { images: B('images'), labels: B('labels') } })
 */
export const B = new Proxy(b, {
  get: (target, name) => (typeof name === 'string' && !ownOfFunctions.includes(name) ? b(name) : Reflect.get(target, name)),
}) as unknown as BFactory & ShortComponents

/**
 * A component of objects, item by item: attributes, items and calls after it are those of each item, and their value is a list. As a
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
