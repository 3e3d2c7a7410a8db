/** How the names of a pipeline grow with its actions: variables, saved components, and the actions a template needs. */

import type { NdArray } from '../util/nd-array.js'
import type { PipelineSpec } from './description/content/pipeline-spec.js'
import type { BatchClass } from './description/contracts.js'
import type { Expression, UsesOf } from './description/expressions/expression.js'
import type { BatchFact } from './description/expressions/facts.js'
import type { AnyName, Saved, Used, Variable } from './description/expressions/names.js'

/** Any pipeline, as other pipelines accept it. */
export interface AnyPipeline {
  readonly name: string
  readonly spec: PipelineSpec
  readonly knows: AnyName
}

/** The names of a pipeline. */
export type NamesOf<Pipeline> = Pipeline extends { readonly knows: infer Names extends AnyName } ? Names : never

/** The components of a batch class (any name where it declares none), of its batches, and those saved. */
export type ReadableComponent<K extends BatchClass, Names> =
  | ([K['components'][number]] extends [never] ? string : K['components'][number])
  | BatchFact
  | (Names extends Saved<infer Component> ? Component : never)

/** The names of variables; any name if not all are known. */
export type VariableName<Names extends AnyName> = Names['variable']

/** The type of a variable: the type of its first value, otherwise `unknown`. */
export type VariableValue<Names, Name> = OrUnknown<Extract<Names, Variable<Name & string>>['value']>
type OrUnknown<Value> = [Value] extends [never] ? unknown : Value

/** The components that are saved by destinations. */
export type SavedTo<K extends BatchClass, To> = ToSaved<Exclude<Extract<UsesOf<To>, string>, ReadableComponent<K, never>>>
/** The components that an action of a batch class writes: its `dst`. */
export type SavedAs<K extends BatchClass, Dst> = ToSaved<Exclude<Flat<Dst>, ReadableComponent<K, never>>>
type ToSaved<Component> = Component extends string ? Saved<Component> : never
type Flat<Dst> = Dst extends string ? Dst : Dst extends readonly (infer Item)[] ? Flat<Item> : never

/** The requirement that a template has an action. */
export type UsedBy<Names extends AnyName, Action> = string extends Names['variable'] ? Used<Action & string> : never

/** What a dataset of another batch class still needs: nothing, or the names of the actions it lacks. */
export type ActionsFor<Names, Other extends BatchClass> = Lacks<Exclude<UsedActions<Names>, keyof Other['actions']>>
type UsedActions<Names> = Names extends Used<infer Action> ? Action : never
type Lacks<Action> = [Action] extends [never] ? unknown : LacksActions<Action>
/** The error for a batch class without these actions. */
export interface LacksActions<Action> {
  readonly lacks: Action
}

/** Variables with their types, by the options of `initVariables`. */
export type VariablesOf<Given> = Given extends readonly (infer Name extends string)[]
  ? Variable<Name, unknown>
  : { [Name in keyof Given]: Variable<Name & string, FirstValue<Given[Name]>> }[keyof Given]

/** A first value of a variable that is no object of options: numbers, strings, lists, maps, arrays, expressions. */
export type PlainDefault = number | string | boolean | null | Iterable<unknown> | NdArray | Expression<any>

/** The type of a variable by its first value. */
export type FirstValue<Options> = Options extends PlainDefault
  ? Widened<Options>
  : Options extends { readonly default: infer Value }
    ? Widened<Value>
    : Options extends { readonly initOnEachRun: infer Value }
      ? Widened<Value extends () => infer Made ? Made : Value>
      : unknown
type Widened<Value> = Value extends null | undefined | Expression<any>
  ? unknown
  : Value extends number
    ? number
    : Value extends string
      ? string
      : Value extends boolean
        ? boolean
        : Value extends readonly (infer Item)[]
          ? OrUnknown<Widened<Item>>[]
          : Value
