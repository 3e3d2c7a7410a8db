/** Numbers for objects, so that strings can refer to them. */

const numbers = new WeakMap<object, number>()
let last = 0

/** The same number for the same object, a different one for each other object. */
export function numberOf(object: object): number {
  const known = numbers.get(object) ?? ++last
  numbers.set(object, known)
  return known
}
