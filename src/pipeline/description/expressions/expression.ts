/** Expressions as TypeScript writes them: lazy, immutable, typed by the batch components they read. */
import { fail } from '../../../errors/index.js'
import { deepFreeze, type JsonObject } from '../../../util/json.js'
import type { NdArray } from '../../../util/nd-array.js'
import type { AnyTypedArray } from '../../../util/typed-values.js'
import { describe, SelfDescribed } from '../content/describe.js'
import type { Use } from './names.js'
import type { ExpressionJson, Operation } from './operations.js'
import { printExpression } from './print-expression.js'

/**
 * A value that is known only once there is a batch. `Uses` is the union of the batch components and variables it reads, so that a pipeline
 * without such a component or variable rejects it at compile time.
 *
 * JavaScript cannot overload operators: `B('images').div(255)` is BatchFlow's `B.images / 255`, and `B('images') / 255` is an error. `!`, `&&`, `===` and `in` see an object,
 * not its value: write `.not()`, `.and()`, `.eq()`. For an operator with the expression on its right, use the method with the prefix `r`
 * : `V('n').rsub(1)` is `1 - V.n`.
 *
 * Arithmetic on numbers and arrays is item by item, with shapes broadcast as in numpy. A typed array is an array of one axis; the result is
 * an `NdArray`. Lists stay lists.
 *
 * @example
 * B('images').div(255).sub(0.5)
 * V('losses').at(-1).lt(0.1)
 * B('images').call('mean', [1, 2])
 */
export class Expression<Uses extends Use = never> extends SelfDescribed {
  /** Never set: it carries the type. */
  declare readonly uses?: Uses

  /** Expressions are made by `B`, `V` and the other letters. */
  constructor(
    readonly json: ExpressionJson,
    /** Live things named in `json`. */
    readonly values: Readonly<Record<string, unknown>> = {},
  ) {
    super()
    deepFreeze(json)
  }

  /** The sum, `+`; strings are concatenated. */
  add<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('+', this, other)
  }
  /** The difference, `-`. */
  sub<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('-', this, other)
  }
  /** The product, `*`. */
  mul<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('*', this, other)
  }
  /** True division. */
  div<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('/', this, other)
  }
  /** Division rounded down. */
  floorDiv<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('//', this, other)
  }
  /** The remainder, with the sign of the divisor, as in Python. */
  mod<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('%', this, other)
  }
  /** The power, `**`. */
  pow<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('**', this, other)
  }
  /** The matrix product, `@`. */
  matmul<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('@', this, other)
  }
  /** `other + this`: for strings, whose order matters. */
  radd<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('+', other, this)
  }
  /** `other - this`. */
  rsub<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('-', other, this)
  }
  /** `other * this`. */
  rmul<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('*', other, this)
  }
  /** `other / this`. */
  rdiv<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('/', other, this)
  }
  /** `other // this`. */
  rfloorDiv<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('//', other, this)
  }
  /** `other % this`. */
  rmod<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('%', other, this)
  }
  /** `other ** this`. */
  rpow<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('**', other, this)
  }
  /** `other @ this`. */
  rmatmul<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('@', other, this)
  }
  /** True where both are equal, `==`. */
  eq<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('==', this, other)
  }
  /** True where they differ, `!=`. */
  ne<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('!=', this, other)
  }
  /** True where this is less, `<`; strings are compared by their characters. */
  lt<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('<', this, other)
  }
  /** True where this is less or equal, `<=`. */
  le<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('<=', this, other)
  }
  /** True where this is greater, `>`. */
  gt<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('>', this, other)
  }
  /** True where this is greater or equal, `>=`. */
  ge<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('>=', this, other)
  }
  /** Logical and of booleans, bitwise and of integers. */
  and<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('&', this, other)
  }
  /** Logical or of booleans, bitwise or of integers. */
  or<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('|', this, other)
  }
  /** Logical exclusive or of booleans, bitwise exclusive or of integers. */
  xor<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('^', this, other)
  }
  /** Left shift, `<<`, of 32-bit integers. */
  leftShift<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('<<', this, other)
  }
  /** Right shift, `>>`, of 32-bit integers. */
  rightShift<const Other extends Operand>(other: Other): Expression<Uses | UsesOf<Other>> {
    return operate('>>', this, other)
  }
  /** Logical not. */
  not(): Expression<Uses> {
    return operate('!', this)
  }
  /** Bitwise not of integers, `~`. */
  invert(): Expression<Uses> {
    return operate('~', this)
  }
  /** The negated value, `-`. */
  neg(): Expression<Uses> {
    return operate('-', this)
  }
  /** The absolute value. */
  abs(): Expression<Uses> {
    return operate('|x|', this)
  }
  /** The value as a string. */
  str(): Expression<Uses> {
    return operate('.str', this)
  }
  /** A string with the value in place of `{}`, or of `{:04d}`, `{:.2f}`, `{:.1%}`: Python's formats for numbers. */
  format<const Template extends Operand>(template: Template): Expression<Uses | UsesOf<Template>> {
    return operate('.format', this, template)
  }
  /** An attribute of the value, e.g. `B('images').attr('shape')`. */
  attr(name: string): Expression<Uses> {
    return operate('.', this, name)
  }
  /**
   * The item at a position (negative: from the end) or key, or the items at a list of positions. With `end`, the items from `position` up
   * to it in steps of `step`, where null is an open end. BatchFlow: `x[i]`, `x[i:end:step]`.
   */
  at<const Bounds extends readonly [position: Operand, end?: Operand, step?: Operand]>(
    ...bounds: Bounds
  ): Expression<Uses | UsesOf<Bounds[number]>> {
    return operate('[]', this, ...bounds)
  }
  /** The result of a method of the value, e.g. `B('images').call('mean', 0)`. A file can name methods of arrays and strings only. */
  call<const Args extends readonly unknown[]>(method: string, ...args: Args): Expression<Uses | UsesOf<Args>> {
    return operate('()', operate('.', this, method), ...args)
  }

  /** The expression as it is written. */
  override toString(): string {
    return printExpression(this.json)
  }

  /** In a template literal, its source form. JavaScript's operators would act on the object, not on its value, so they throw. */
  [Symbol.toPrimitive](hint: string): string {
    return hint === 'string' ? this.toString() : fail('expression-operator', { expression: this.toString() })
  }
}

function operate(operation: Operation, ...operands: readonly unknown[]): Expression<any> {
  const { json, values } = describe(operands)
  return new Expression({ [operation]: json } as JsonObject, values)
}

/** The other operand of an operation: another expression, or a value that may contain expressions. */
export type Operand =
  | Expression<any>
  | NdArray
  | AnyTypedArray
  | number
  | string
  | boolean
  | null
  | readonly unknown[]
  | { readonly [key: string]: unknown }

/** The components and variables that expressions inside a value read; eight levels deep, so that recursive types end. */
export type UsesOf<Value, Depth extends readonly unknown[] = []> = [Value] extends [never]
  ? never
  : Value extends Expression<infer Uses>
    ? Uses
    : Depth['length'] extends 8
      ? never
      : Value extends readonly (infer Item)[]
        ? UsesOf<Item, [...Depth, 0]>
        : Value extends { readonly [key: string]: unknown }
          ? UsesOf<Value[keyof Value], [...Depth, 0]>
          : never
