/** The components that a batch has on its way through the actions of a pipeline, and the shapes of their items where they are certain. */
import type { JsonObject, JsonValue } from '../../../util/json.js'
import type { ComponentFacts, FactsOf, ItemShape } from '../component-facts.js'
import { type PlacedAction, rowOf } from '../content/visit-actions.js'
import { destinationsOf } from '../expressions/destinations.js'
import { letterOf } from '../expressions/expression-json.js'
import { letterRow } from '../expressions/letters.js'
import { operationOf } from '../expressions/operations.js'

/** What is known of a pipeline's batches before its first action. */
export interface ComponentScope {
  /** Components that the batches have. Omitted: any. */
  readonly components?: readonly string[]
  /** Components that the batch class declares; none if it takes any. */
  readonly declared?: readonly string[]
  /** Which components the actions of the batch class read and write; undefined for one that may read and write any. */
  readonly facts?: Readonly<Record<string, FactsOf | undefined>>
  /** The shapes of items of components, where they are known. */
  readonly shapes?: Readonly<Record<string, ItemShape>>
  /** The classes of the dataset: their number, or their labels. Omitted: not known. */
  readonly classes?: number | readonly unknown[]
}

type Passed = Pick<PlacedAction, 'name' | 'args' | 'path'>

export class KnownComponents {
  #names: Set<string>
  #isOpen: boolean
  readonly #shapes: Map<string, ItemShape>

  constructor(readonly scope: ComponentScope) {
    this.#names = new Set(scope.components)
    this.#isOpen = scope.components === undefined
    this.#shapes = new Map(Object.entries(scope.shapes ?? {}))
  }

  /** The names; undefined if there may be others. */
  get names(): readonly string[] | undefined {
    return this.#isOpen ? undefined : [...this.#names]
  }

  /** The shape of a component's items; undefined if it is not certain. */
  readonly shapeOf = (component: string): ItemShape | undefined => this.#shapes.get(component)

  /** What an action says of components. One of a batch class that says nothing may write any; one that is misspelt, too. */
  factsOf(name: string, args: Passed['args']): ComponentFacts {
    const row = rowOf(name)
    const facts = row ? (row.components ?? (() => ({}))) : this.scope.facts?.[name]
    return facts?.(args, this.scope.declared ?? []) ?? { writesAny: true }
  }

  /** Takes the batch through an action. In a block it may or may not be done, and more than once. */
  pass({ name, args, path }: Passed): void {
    const { keeps, writes = [], writesAny } = this.factsOf(name, args)
    const isCertain = path.length === 2
    if (keeps && isCertain) {
      this.#names = new Set(keeps)
      this.#isOpen = false
    }
    const shapes = writes.map(({ shape }) => shape?.(this.shapeOf))
    for (const [i, { name }] of writes.entries()) this.#write(name, shapes[i], isCertain)
    for (const destination of destinationsOf({ name, args })) this.#save(createdComponent(destination))
    if (writesAny) this.#writeAny()
  }

  #write(name: string, shape: ItemShape | undefined, isCertain: boolean): void {
    const isSame = shape !== undefined && `${this.#shapes.get(name)}` === `${shape}`
    this.#names.add(name)
    if (shape !== undefined && (isCertain || isSame)) this.#shapes.set(name, shape)
    else this.#shapes.delete(name)
  }

  #save(component: JsonValue | undefined): void {
    if (typeof component === 'string') this.#write(component, undefined, true)
    else if (component !== undefined) this.#writeAny()
  }

  #writeAny(): void {
    this.#isOpen = true
    this.#shapes.clear()
  }
}

/** The name of the component that a destination creates, `B('name')` or `B().attr('name')`; undefined if it creates none. */
function createdComponent(destination: JsonObject): JsonValue | undefined {
  const [owner, attribute] = operationOf(destination) === '.' ? (destination['.'] as readonly JsonValue[]) : [destination, undefined]
  const letter = letterOf(owner)
  if (letter === undefined || letterRow(letter).names !== 'component') return undefined
  const name = (owner as JsonObject)[letter]
  return attribute === undefined ? name : name === null ? attribute : undefined
}
