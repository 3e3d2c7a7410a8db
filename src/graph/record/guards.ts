/** Numbers of JavaScript objects that went into a graph as constants, and whether they are still the same. */

/** Whether the objects still hold the numbers they held. */
export type Guard = () => boolean

/** Watches the numbers and switches among an object's fields, except the count of its steps. */
export function guardNumbers(objects: Iterable<object>): Guard {
  const seen = [...objects].map(object => [object, numbersOf(object)] as const)
  return () => seen.every(([object, numbers]) => numbersOf(object) === numbers)
}

function numbersOf(object: object): string {
  const fields = Object.entries(object).filter(([name, value]) => name !== 'iterations_' && /^(number|boolean)$/.test(typeof value))
  return fields.map(([name, value]) => `${name}=${value}`).join()
}
