/** Numbers of JavaScript objects that went into a graph as constants, and whether they are still the same. */

/** Whether the objects still hold the numbers they held. */
export type Guard = () => boolean

/** The count of an optimizer's steps goes on; what depends on it is not traced. */
const counted = ['iterations_']
/** What a described optimizer reads anew before each run. */
const read = [...counted, 'learningRate']

/** Watches the numbers, texts and switches among the objects' fields; of those that are described, except the learning rate. */
export function guardNumbers(constant: Iterable<object>, described: Iterable<object>): Guard {
  const seen = [...[...constant].map(object => [object, counted] as const), ...[...described].map(object => [object, read] as const)].map(
    ([object, except]) => [object, except, numbersOf(object, except)] as const,
  )
  return () => seen.every(([object, except, numbers]) => numbersOf(object, except) === numbers)
}

/** The plain fields of an object as text, those of plain objects and lists among them too. */
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
