/** Numbers and variables of JavaScript objects that a graph contains, and whether they are still the same. */

/** True if the objects are unchanged. */
export type Guard = () => boolean

/** The count of an optimizer's steps continues; what depends on it is not traced. */
const counted = ['iterations_']
/** What a described optimizer reads anew before each run. */
const read = [...counted, 'learningRate']

/** Watches the numbers, strings and booleans among the objects' fields; of described ones, except the learning rate. */
export function guardNumbers(constant: Iterable<object>, described: Iterable<object>): Guard {
  const seen = [...[...constant].map(object => [object, counted] as const), ...[...described].map(object => [object, read] as const)].map(
    ([object, except]) => [object, except, numbersOf(object, except)] as const,
  )
  return () => seen.every(([object, except, numbers]) => numbersOf(object, except) === numbers)
}

type Slots = Record<string, readonly ({ readonly variable?: unknown } | undefined)[] | undefined>

/** Watches which variables optimizers keep: `setWeights` of an optimizer makes new ones. */
export function guardSlots(optimizers: Iterable<object>): Guard {
  const seen = [...optimizers].flatMap(optimizer =>
    Object.entries(optimizer as Slots).flatMap(([field, slots]) =>
      Array.isArray(slots) ? slots.map((slot, i) => [optimizer as Slots, field, i, slot?.variable] as const) : [],
    ),
  )
  return () => seen.every(([optimizer, field, i, variable]) => optimizer[field]?.[i]?.variable === variable)
}

/** The plain fields of an object as text, including those of plain objects and lists. */
export function numbersOf(object: object, except: readonly string[] = counted): string {
  const fields = Object.entries(object).filter(([name]) => !except.includes(name))
  return fields.flatMap(([name, value]) => (isPlain(value) ? [`${name}=${show(value)}`] : [])).join()
}

const isPrimitive = (value: unknown) => /^(number|boolean|string)$/.test(typeof value)
const show = (value: unknown): string =>
  typeof value === 'object' ? `[${Object.entries(value!).map(([k, v]) => `${k}:${show(v)}`)}]` : String(value)

function isPlain(value: unknown): boolean {
  const parts = typeof value === 'object' && value !== null ? Object.values(value) : []
  return isPrimitive(value) || (parts.length > 0 && parts.every(isPrimitive))
}
