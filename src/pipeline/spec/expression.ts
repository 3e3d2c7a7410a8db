/** Expressions as TypeScript writes them: lazy, immutable, typed by the batch components they read. */
import { fail } from '../../errors/index.js'
import { clonePlain, deepFreeze, type JsonObject } from '../../util/json.js'
import type { ExpressionJson, Operation } from './expression-json.js'
import { printExpression } from './print-expression.js'

/**
 * A value known only when a batch is there. `Uses` is the union of the batch components it reads, so that a pipeline over a batch class
 * without such a component refuses it at compile time.
 *
 * JavaScript cannot overload operators: `B('images').div(255)` is BatchFlow's `B.images / 255`, and `B('images') / 255` is an error. `!`, `&&`, `===` and `in` see an object,
 * not its value: write `.not()`, `.and()`, `.eq()`.
 *
 * @example
 * B('images').div(255).sub(0.5)
 * V('losses').at(-1).lt(0.1)
 */
export class Expression<Uses extends string = never> {
  /** Never set: carries the type. */
  declare readonly uses?: Uses

  /** @internal Made by `B`, `V`, … */
  constructor(
    readonly json: ExpressionJson,
    /** Live things named in `json`. */
    readonly values: Readonly<Record<string, unknown>> = {},
  ) {
    deepFreeze(json)
  }

  add<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '+', other)
  }
  sub<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '-', other)
  }
  mul<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '*', other)
  }
  /** True division. */
  div<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '/', other)
  }
  /** Division rounded down. */
  floorDiv<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '//', other)
  }
  /** The remainder, with the sign of the divisor, as in Python. */
  mod<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '%', other)
  }
  pow<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '**', other)
  }
  eq<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '==', other)
  }
  ne<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '!=', other)
  }
  lt<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '<', other)
  }
  le<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '<=', other)
  }
  gt<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '>', other)
  }
  ge<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '>=', other)
  }
  /** Logical and of truth values, bitwise and of integers. */
  and<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '&', other)
  }
  or<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '|', other)
  }
  xor<U extends string = never>(other: Operand<U>): Expression<Uses | U> {
    return operate(this, '^', other)
  }
  not(): Expression<Uses> {
    return operate(this, '!')
  }
  neg(): Expression<Uses> {
    return operate(this, '-')
  }
  abs(): Expression<Uses> {
    return operate(this, '|x|')
  }
  /** An attribute of the value, e.g. `B('images').attr('shape')`. */
  attr(name: string): Expression<Uses> {
    return operate(this, '.', name)
  }
  /** The item at a position (negative: from the end) or key; with `end`, the items from `position` up to it. */
  at<U extends string = never>(position: number | string | Expression<U>, end?: number | Expression<U>): Expression<Uses | U> {
    return end === undefined ? operate(this, '[]', position) : operate(this, '[]', position, end)
  }
  /** The result of a method of the value, e.g. `B('images').call('take', [0, 1])`. Not to be had in YAML. */
  call<U extends string = never>(method: string, ...args: readonly Operand<U>[]): Expression<Uses | U> {
    return operate(operate(this, '.', method), '()', ...args)
  }

  /** The expression as people write it. */
  toString(): string {
    return printExpression(this.json)
  }

  /** In a template literal its text; an operator of JavaScript would work on the object, not on its value: an error. */
  [Symbol.toPrimitive](hint: string): string {
    return hint === 'string' ? this.toString() : fail('expression-operator', { expression: this.toString() })
  }
}

function operate(expression: Expression<any>, operation: Operation, ...others: readonly unknown[]): Expression<any> {
  const [operands, values] = unwrap(others)
  return new Expression({ [operation]: [expression.json, ...(operands as JsonObject[])] }, { ...expression.values, ...values })
}

/** What stands on the other side of an operation: a plain value or another expression. */
export type Operand<Uses extends string> = Expression<Uses> | number | string | boolean | null | readonly unknown[]

/** Plain data with every expression inside replaced by its JSON, and the live things those named. */
export function unwrap<T>(value: T): readonly [unknown, Readonly<Record<string, unknown>>] {
  const values: Record<string, unknown> = {}
  const walk = (item: unknown): unknown => {
    if (item instanceof Expression) {
      Object.assign(values, item.values)
      return item.json
    }
    if (Array.isArray(item)) return item.map(walk)
    return clonePlain(item)
  }
  return [walk(value), values]
}
