/** Arithmetic in a graph, written as formulas are. */
import { type } from './attributes.js'
import type { Value } from './graph.js'
import type { Builder } from './rewrite.js'

/** Operations on float32 values and numbers, which become scalars. */
export interface Arithmetic {
  scalar(number: number): Value
  add(a: Value, b: Value | number): Value
  sub(a: Value | number, b: Value): Value
  mul(a: Value, b: Value | number): Value
  div(a: Value, b: Value): Value
  sqrt(x: Value): Value
  square(x: Value): Value
  abs(x: Value): Value
  max(a: Value, b: Value): Value
}

/** The operations of a builder. */
export function arithmeticOf(builder: Builder): Arithmetic {
  const scalar = (number: number) => builder.const({ splat: number }, [], 'float32')
  const op = (name: string, ...operands: (Value | number)[]) =>
    builder.value(
      name,
      { T: type('float32') },
      operands.map(operand => (typeof operand === 'number' ? scalar(operand) : operand)),
    )
  return {
    scalar,
    add: (a, b) => op('AddV2', a, b),
    sub: (a, b) => op('Sub', a, b),
    mul: (a, b) => op('Mul', a, b),
    div: (a, b) => op('RealDiv', a, b),
    sqrt: x => op('Sqrt', x),
    square: x => op('Square', x),
    abs: x => op('Abs', x),
    max: (a, b) => op('Maximum', a, b),
  }
}
