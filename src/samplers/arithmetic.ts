/** Arithmetic on the coordinates of points. Floor division and remainder follow Python: rounded down. */
export const arithmetic = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  div: (a: number, b: number) => a / b,
  floorDiv: (a: number, b: number) => Math.floor(a / b),
  mod: (a: number, b: number) => a - Math.floor(a / b) * b,
  pow: (a: number, b: number) => a ** b,
} as const

export type ArithmeticName = keyof typeof arithmetic
