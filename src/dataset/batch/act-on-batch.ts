/** Actions of a batch class as methods of its batches: what a pipeline of one action would do with the batch. */
import { type BatchActionTable, type BatchClass, type Evaluated, type OptionsOf, template } from '../../pipeline/index.js'
import { deriveSeed } from '../../util/seeds.js'
import type { Batch, BatchWith } from './batch.js'
import type { Components } from './component.js'

/** A batch with its declared components as properties and the actions of its class as methods. */
export type ActingBatch<Values extends Components, Actions> = BatchWith<Values> & BatchMethods<Values, Actions>

/** A batch that actions are working on: await it, or call the next action. */
export type ActedBatch<Values extends Components, Actions> = Promise<ActingBatch<Values, Actions>> & BatchMethods<Values, Actions>

/** The actions of a batch class as methods of its batches; a component or property of that name takes precedence. */
export type BatchMethods<Values extends Components, Actions> = string extends keyof Actions
  ? {}
  : {
      readonly [Name in Exclude<keyof Actions, keyof Batch | keyof Values>]: BatchMethod<OptionsOf<Actions[Name]>, Values, Actions>
    }

type BatchMethod<Options, Values extends Components, Actions> = string extends keyof Options
  ? () => ActedBatch<Values, Actions>
  : {} extends Options
    ? (options?: Evaluated<Options, BatchClass>) => ActedBatch<Values, Actions>
    : (options: Evaluated<Options, BatchClass>) => ActedBatch<Values, Actions>

/** How many actions were called on a batch, and the last of them. */
const called = new WeakMap<Batch, { count: number; last: Promise<unknown> }>()

/** Adds the actions to batches of a class. */
export function addMethods(prototype: object, batchClass: () => BatchClass, actions: BatchActionTable): void {
  const names = Object.keys(actions).filter(name => !(name in prototype))
  const methods: PropertyDescriptorMap = {}
  const acted = (done: Promise<Batch>) => Object.defineProperties(done, methods)
  for (const name of names) {
    // An action called `then` would make the promise another one.
    if (!(name in Promise.prototype))
      methods[name] = {
        value(this: Promise<Batch>, options?: object) {
          return acted(this.then(batch => act(batch, batchClass(), name, options)))
        },
      }
    Object.defineProperty(prototype, name, {
      configurable: true,
      value(this: Batch, options?: object) {
        return acted(act(this, batchClass(), name, options))
      },
    })
  }
}

/** Does an action after those that were called before it, and returns the batch. */
function act(batch: Batch, batchClass: BatchClass, name: string, options: object | undefined): Promise<Batch> {
  const pipeline = template(batchClass).named(`a batch of ${batchClass.name}`) as unknown as Readonly<
    Record<string, (options?: object) => any>
  >
  const { count, last } = called.get(batch) ?? { count: 0, last: Promise.resolve() }
  const seed = deriveSeed(0, 'batch in hand', batch.positions[0] ?? 0, count)
  let described: { executeFor(batch: Batch, options: object): Promise<Batch> }
  try {
    described = pipeline[name]!(options)
  } catch (error) {
    return Promise.reject(error)
  }
  const done = last.then(() => described.executeFor(batch, { seed }))
  called.set(batch, { count: count + 1, last: done.catch(() => undefined) })
  return done
}
