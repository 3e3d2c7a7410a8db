import { fail } from '../../errors/index.js'
import type { BatchAction, BatchActionTable, ComponentValue } from '../../pipeline/description/contracts.js'
import { describeValue } from '../../util/describe-value.js'
import { NdArray } from '../../util/nd-array.js'
import { type ActingBatch, addMethods } from './act-on-batch.js'
import * as baseActions from './base-actions.js'
import { Batch, type BatchSource, type BatchWith, type ClassOfBatch, checkName, type ItemWith } from './batch.js'
import { itemClass } from './batch-item.js'
import { type ComponentKind, type Components, type GivenValues, takeItems, toComponent } from './component.js'
import { mergeBatches } from './merge.js'

/** The actions that every batch class has. */
export type BaseActions = typeof baseActions

/** A class of batches: its declared components with their types, its actions, and how batches are made. */
export interface DefinedBatch<Values extends Components = any, Actions extends BatchActionTable = any> extends ClassOfBatch<Values> {
  readonly actions: BaseActions & Actions
  readonly merge: typeof mergeBatches
  create(source: BatchSource): ActingBatch<Values, BaseActions & Actions>
  fromData(values: GivenValues<Values>, ids?: readonly unknown[]): ActingBatch<Values, BaseActions & Actions>
}

/** The component types of a batch class. */
export type ValuesOf<K> = K extends DefinedBatch<infer Values, any> ? Values : never

/** The actions that a batch class has besides those of every class. */
export type OwnActions<K> = K extends DefinedBatch<any, infer Actions> ? Actions : never

/** The names of a batch class's components; any name where it declares none. */
export type ComponentNameOf<K> = [keyof ValuesOf<K>] extends [never] ? string : keyof ValuesOf<K> & string

type Kinds<Values extends Components> = { readonly [Name in keyof Values]: ComponentKind<Values[Name]> }
/** The options an action's `apply` declares; none at all where it declares no parameter for them. */
type OptionsFor<Options> = unknown extends Options ? Record<string, never> : Options & object
type Actions<Values extends Components, Options> = {
  readonly [Name in keyof Options]: BatchAction<BatchWith<Values>, OptionsFor<Options[Name]>>
}

/**
 * Defines a class of batches. Components become typed properties of its batches, actions typed methods of pipelines over them.
 * `extends` takes over the components and actions of another class.
 *
 * @example
 * const SoundBatch = defineBatch({
 *   name: 'SoundBatch',
 *   components: { waves: component.array('samples, [n, time]'), words: component.list<string>('what is said') },
 *   actions: {
 *     amplify: {
 *       summary: 'Multiplies the waves.',
 *       schema: { type: 'object', properties: { by: { type: 'number' } }, required: ['by'], additionalProperties: false },
 *       apply: (batch, { by }: { by: number }) => { batch.waves = batch.waves.cast('float32', by) },
 *     },
 *   },
 * })
 *
 * An action may have the name of a core action, such as `print`: it takes its place in pipelines over this class, as methods and in files,
 * so that core actions of later versions change no program.
 *
 * @throws MillraceError `component-name` where a component has the name of a batch's own property
 *
 * BatchFlow: a subclass of `Batch` with `components` and `@action` methods.
 */
export function defineBatch<Values extends Components, Options = {}, Base extends DefinedBatch = DefinedBatch<{}, {}>>(definition: {
  readonly name: string
  readonly extends?: Base
  readonly components: Kinds<Values>
  readonly actions?: Actions<Values & ValuesOf<Base>, Options>
}): DefinedBatch<
  Values & ValuesOf<Base>,
  OwnActions<Base> & { readonly [Name in keyof Options]: BatchAction<any, OptionsFor<Options[Name]>> }
> {
  type All = Values & ValuesOf<Base>
  const { name } = definition
  const kinds = { ...definition.extends?.kinds, ...definition.components } as Record<string, ComponentKind>
  const names = Object.keys(kinds)
  for (const component of names) checkName(component, name)
  const Class = class extends Batch<All> {}
  Object.defineProperty(Class, 'name', { value: name })
  for (const component of names) {
    Object.defineProperty(Class.prototype, component, {
      enumerable: true,
      get(this: Batch) {
        return asDeclared(component, this.require(component), kinds[component]!)
      },
      set(this: Batch, value) {
        this.set(component, value)
      },
    })
  }
  const Item = itemClass(names)
  const actions = Object.freeze({ ...baseActions, ...definition.extends?.actions, ...definition.actions })
  addMethods(Class.prototype, () => batchClass, actions)
  const create = (source: BatchSource) => new Class(batchClass, source) as ActingBatch<All, any>
  const batchClass: DefinedBatch<All, any> = Object.freeze({
    name,
    components: names as (keyof All & string)[],
    kinds: kinds as Kinds<All>,
    actions: actions as never,
    create,
    fromData: (values: GivenValues<All>, ids?: readonly unknown[]) => create(fromMemory(values, ids, kinds)),
    createItem: (batch: Batch<All>, position: number) => new Item(batch, position) as ItemWith<All>,
    merge: mergeBatches,
  })
  return batchClass
}

/** The value of a component as its property has it: an array where the class declares an array. */
function asDeclared(name: string, value: ComponentValue, kind: ComponentKind): ComponentValue {
  if (kind.isArray && !(value instanceof NdArray)) fail('component-list', { name, seen: describeValue(value) })
  return value
}

function fromMemory(given: object, ids: readonly unknown[] | undefined, kinds: Readonly<Record<string, ComponentKind>>): BatchSource {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  const [first] = entries.filter(([name]) => !kinds[name]?.isSingle)
  const length = ids?.length ?? kinds[first?.[0] ?? '']?.read(first![1])?.length ?? 0
  const values = new Map(
    entries.map(([name, value]) => [name, toComponent(name, value, kinds[name], `a batch of ${length} items`, length)]),
  )
  const positions = Uint32Array.from({ length }, (_, i) => i)
  return {
    positions,
    indices: ids ?? Array.from(positions),
    names: [...values.keys()],
    take: name => takeItems(values.get(name)!, positions),
  }
}

/**
 * Batches without declared components: positions and ids, and preloaded data under any name, for `get`. The default batch class of a
 * dataset.
 */
export const PlainBatch = defineBatch<{}>({ name: 'Batch', components: {} })
