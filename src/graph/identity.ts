/** Numbers for objects, so that texts can name them. */

const numbers = new WeakMap<object, number>()
let last = 0

/** The same number for the same object, another for each other. */
export function numberOf(object: object): number {
  const known = numbers.get(object) ?? ++last
  numbers.set(object, known)
  return known
}
